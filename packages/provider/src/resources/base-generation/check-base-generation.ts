import { findNameProblem } from "@coppice/core";
import type { InputRule } from "../../kit/define-resource.ts";
import { findRangeProblems } from "../../kit/find-range-problems.ts";
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

function findNumberProblems({ number }: BaseGenerationInputs): CheckFailure[] {
  if (number >= 1) return [];
  return [{ property: "number", reason: `${number} is not a generation; they count from 1` }];
}

function findSourceProblems({ source }: BaseGenerationInputs): CheckFailure[] {
  if (source >= 100) return [];
  return [{ property: "source", reason: `${source} is not a vmid; name a template, for example 9000` }];
}
