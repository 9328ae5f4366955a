import type { ChangeVerdict } from "../changes/change-verdict.ts";
import { documentKey } from "../documents/description.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import type { StackPlan } from "./stack-plan.ts";

/** What becomes of one stack, or became of it. */
export interface StackVerdict {
  readonly project: string;
  readonly stack: string;
  readonly cluster: string;
  readonly verdict: ChangeVerdict;
  /** What the stack has and no document that was given describes. It stays as it is. */
  readonly others: readonly RecordedDocument[];
  /** What the stack had of those that were given. */
  readonly former: readonly RecordedDocument[];
}

/** What the stack has beside what is given. */
export function stackVerdict(plan: StackPlan, verdict: ChangeVerdict): StackVerdict {
  const { project, stack, cluster, given, recorded } = plan;
  const own = new Set(given.map(documentKey));
  const { true: former = [], false: others = [] } = Object.groupBy(
    recorded,
    (each) => `${own.has(documentKey(each))}` as const,
  );
  return { project, stack, cluster, verdict, others, former };
}
