import type { Rule } from "./rule.ts";

interface TemplateSettings {
  readonly allowed?: readonly number[];
}

/** Machines begin as what somebody has looked at. */
export const templatesRule: Rule<TemplateSettings> = {
  name: "templates",
  description: "Machines are made from allowed templates only.",
  settings: {
    allowed: {
      type: "array",
      items: { type: "integer", minimum: 100 },
      description: "Templates by number; any when absent. A class's own machines always count.",
    },
  },
  find: {
    BaseGeneration: ({ class: of, source, vmids }, { settings: { allowed } }) => {
      if (allowed === undefined || allowed.includes(source)) return [];
      // Published from the teacher, whose machine began as an allowed one.
      if (source >= vmids.from && source <= vmids.to) return [];
      const rest = allowed.length > 0 ? `Allowed: ${allowed.join(", ")}` : "None is allowed";
      return [`Class "${of}" is made from template ${source}, which is not allowed here. ${rest}`];
    },
  },
};
