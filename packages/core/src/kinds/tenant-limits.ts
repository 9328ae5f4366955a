import type { RecordType } from "../description/field.ts";
import type { Rule } from "../description/mistake.ts";
import type { TenantLimits } from "./generated/inputs.ts";

const notAll = "has no limit when absent";

const someLimit: Rule<TenantLimits> = {
  needs: ["machines", "cores", "memory", "storage"],
  find: (limits) => {
    if (Object.keys(limits).length > 0) return [];
    return [{ path: [], reason: "sets no limit at all; set one, like { machines: 40 }" }];
  },
};

/** What a tenant may use at most. */
export const tenantLimits: RecordType<TenantLimits> = {
  name: "TenantLimits",
  sentence: "What a tenant may use at most.",
  fields: {
    machines: { kind: "whole", from: 0, sentence: `Machines, templates too; ${notAll}.`, example: 40 },
    cores: {
      kind: "whole",
      from: 0,
      sentence: `Processor cores of all machines, whether they run or not; ${notAll}.`,
      example: 120,
    },
    memory: {
      kind: "size",
      whole: "MiB",
      least: "0MiB",
      sentence: `Memory of all machines, whether they run or not; ${notAll}.`,
      example: "256GiB",
    },
    storage: {
      kind: "size",
      whole: "GiB",
      least: "0GiB",
      sentence: `What all disks may grow to; ${notAll}.`,
      example: "2TiB",
    },
  },
  rules: [someLimit],
};
