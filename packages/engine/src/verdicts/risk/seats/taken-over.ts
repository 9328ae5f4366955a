import type { ErrorCode } from "@coppice/core";
import type { Refusal } from "../../../changes/change-verdict.ts";
import type { StackVerdict } from "../../../operation/stack-verdict.ts";
import type { RiskFinding } from "../terms/risk-verdict.ts";
import { about, type ChangedDocument } from "./changed-document.ts";

/** Refusals that say which rights are missing. */
const RIGHTS: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>([
  "generation.rights",
  "pool.rights",
  "pve.forbidden",
]);

/** What a preview says of seats has its own findings, with figures. */
const TELLS_SEATS = /^\d+ (?:running )?seats? /;

/** Missing rights and warnings that a preview has told already. They are among the findings for programs, and not said again. */
export function takeOver(judged: ChangedDocument): RiskFinding[] {
  const { refusals, warnings } = judged.document;
  return told(refusals, warnings).map((finding) => ({ ...finding, ...about(judged) }));
}

/** The same of what concerns no single document. */
export function takeOverOfStack({ cluster, verdict }: StackVerdict): RiskFinding[] {
  return told(verdict.refusals, verdict.warnings).map((finding) => ({ ...finding, cluster }));
}

function told(refusals: readonly Refusal[], warnings: readonly string[]): Omit<RiskFinding, "cluster">[] {
  const rights = refusals.filter(({ code }) => RIGHTS.has(code)).map(({ message }) => message);
  const others = warnings.filter((text) => !TELLS_SEATS.test(text));
  const common = { seats: [], figures: {}, isSaid: true } as const;
  return [
    ...rights.map((reason) => ({ kind: "rights", severity: "danger", reason, ...common }) as const),
    ...others.map((reason) => ({ kind: "warning", severity: "warning", reason, ...common }) as const),
  ];
}
