import { missingOf, needsOf } from "@coppice/clusters";
import { type RightsQuestion, scopeOf, worksOf } from "./needed-rights.ts";

/** The rights that a run's token lacks, as `privilege on path`. */
export function missingRights(question: RightsQuestion): string[] {
  return missingOf(question.permissions, needsOf(worksOf(question), scopeOf(question)));
}
