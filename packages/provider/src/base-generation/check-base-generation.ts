import { findNameProblem } from "@coppice/core";
import type { CheckFailure, CheckResult } from "../resource/resource-handler.ts";
import type { BaseGenerationInputs } from "./base-generation-inputs.ts";

/** What is wrong with the inputs of a generation, each with its field. */
export function checkBaseGeneration(inputs: BaseGenerationInputs): CheckResult<BaseGenerationInputs> {
  const failures: CheckFailure[] = [...findRangeProblems(inputs.vmids), ...findNumberProblems(inputs)];
  const name = findNameProblem("class", inputs.class);
  if (name !== undefined) failures.push({ property: "class", reason: `'${inputs.class}': ${name}` });
  return { inputs, failures };
}

/** What is wrong with a range of vmids: Proxmox takes 100 to 999999999. */
export function findRangeProblems({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [field, value] of Object.entries({ from, to })) {
    if (value < 100 || value > 999_999_999) {
      failures.push({
        property: `vmids.${field}`,
        reason: `${value} is not a vmid; choose one from 100 to 999999999`,
      });
    }
  }
  if (to < from)
    failures.push({ property: "vmids.to", reason: `${to} is smaller than vmids.from, ${from}; swap them` });
  return failures;
}

function findNumberProblems({ number, source }: BaseGenerationInputs): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (number < 1)
    failures.push({ property: "number", reason: `${number} is not a generation; they count from 1` });
  if (source < 100)
    failures.push({
      property: "source",
      reason: `${source} is not a vmid; name a template, for example 9000`,
    });
  return failures;
}
