import { findNameProblem } from "@coppice/core";
import type { InputRule } from "../../kit/define-resource.ts";
import type { CheckFailure } from "../../kit/resource-handler.ts";
import type { BaseGenerationInputs } from "./base-generation-inputs.ts";

/** What may be wrong with the inputs of a generation, each with its field. */
export const baseGenerationRules: readonly InputRule<BaseGenerationInputs>[] = [
  { needs: ["vmids"], find: ({ vmids }) => findRangeProblems(vmids) },
  { needs: ["number"], find: findNumberProblems },
  { needs: ["source"], find: findSourceProblems },
  { needs: ["class"], find: findClassProblems },
];

function findClassProblems({ class: name }: BaseGenerationInputs): CheckFailure[] {
  const problem = findNameProblem("class", name);
  return problem === undefined ? [] : [{ property: "class", reason: `'${name}': ${problem}` }];
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

function findNumberProblems({ number }: BaseGenerationInputs): CheckFailure[] {
  if (number >= 1) return [];
  return [{ property: "number", reason: `${number} is not a generation; they count from 1` }];
}

function findSourceProblems({ source }: BaseGenerationInputs): CheckFailure[] {
  if (source >= 100) return [];
  return [{ property: "source", reason: `${source} is not a vmid; name a template, for example 9000` }];
}
