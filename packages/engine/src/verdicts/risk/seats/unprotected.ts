import type { RiskFinding } from "../terms/risk-verdict.ts";
import { about, type ChangedDocument, namesOf } from "./changed-document.ts";

/** What a reading says of machines that Proxmox would not remove. */
const TELLS_PROTECTION = / (?:is|are) protected, and Proxmox will not remove /;

/** A document that goes as a whole, and no protection of any of its machines stands in the way. */
export function findUnprotected(judged: ChangedDocument): RiskFinding[] {
  const { change, seats, words } = judged.document;
  if (change !== "delete" || seats.length === 0 || words.some((text) => TELLS_PROTECTION.test(text)))
    return [];
  const machines = seats.length === 1 ? "its machine" : `one of its ${seats.length} machines`;
  return [
    {
      kind: "unprotected",
      severity: "warning",
      ...about(judged),
      reason: `All of it goes, and no protection stands in the way: Proxmox would leave ${machines} if it were protected (\`qm set <number> --protection 1\`).`,
      seats: namesOf(seats),
      figures: { seats: seats.length },
    },
  ];
}
