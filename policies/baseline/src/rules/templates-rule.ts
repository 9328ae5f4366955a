import type { Vmids } from "@coppice/core";
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
      description:
        "Templates by number; any when absent. What a class publishes from its own machines always counts.",
    },
  },
  find: {
    BaseGeneration: ({ class: of, number, source, vmids }, { settings: { allowed } }) => {
      if (allowed === undefined || allowed.includes(source)) return [];
      // Published from a machine of the class, which began as an allowed one. Before the first generation there is none.
      if (number >= 2 && isWithin(vmids, source)) return [];
      return [
        `Class "${of}" is made from template ${source}, which is not allowed here. ${waysOut(allowed)}`,
      ];
    },
    // It publishes nothing, so its generation is a template whatever its number.
    OverlayVmPool: ({ generation = 1, template: { vmid }, vmids }, { settings: { allowed } }) => {
      if (allowed === undefined || allowed.includes(vmid)) return [];
      if (generation < 2 || !isWithin(vmids, vmid)) return [];
      return [`Machines are made from template ${vmid}, which is not allowed here. ${waysOut(allowed)}`];
    },
  },
};

function isWithin({ from, to }: Vmids, vmid: number): boolean {
  return vmid >= from && vmid <= to;
}

function waysOut(allowed: readonly number[]): string {
  return allowed.length > 0 ? `Allowed: ${allowed.join(", ")}` : "None is allowed";
}
