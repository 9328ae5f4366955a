import { rootOnlyOptions } from "@coppice/core";
import type { Rule } from "./rule.ts";

/** A linked clone takes over options that only root may set, and with them what root allowed the template. */
export const rootOptionsRule: Rule<object> = {
  name: "root-options",
  description: "Machines have no options that only root may set.",
  settings: {},
  find: {
    OverlayPool: ({ class: of, base: { config } }) => {
      const found = Object.keys(config).filter((option) => rootOnlyOptions.includes(option));
      if (found.length === 0) return [];
      const options = found.map((option) => `'${option}'`).join(", ");
      return [
        `Class "${of}" takes over ${options} from its template. Remove it there, or take another template`,
      ];
    },
  },
};
