import type { RiskFinding, RiskKind, RiskSeverity } from "../terms/risk-verdict.ts";
import { about, type ChangedDocument, namesOf, seatsWith } from "./changed-document.ts";
import { seatWords } from "./seat-words.ts";

interface Hint {
  readonly fate: "restarted" | "restart-needed" | "unreachable";
  readonly kind: RiskKind;
  readonly severity: RiskSeverity;
  /** What it means for whoever sits there, for one and for many. */
  readonly words: readonly [one: string, many: string];
}

const HINTS: readonly Hint[] = [
  {
    fate: "restarted",
    kind: "restart",
    severity: "warning",
    words: [
      "is switched off under whoever works there: what is not saved is gone",
      "are switched off under whoever works there: what is not saved is gone",
    ],
  },
  {
    fate: "unreachable",
    kind: "unreachable",
    severity: "warning",
    words: ["stays behind, since its node is away", "stay behind, since their nodes are away"],
  },
  {
    fate: "restart-needed",
    kind: "restart",
    severity: "note",
    words: ["goes on as before until it is restarted", "go on as before until they are restarted"],
  },
];

/** What a change means for machines that run, or whose node is away. */
export function findRestarts(judged: ChangedDocument): RiskFinding[] {
  return HINTS.flatMap(({ fate, kind, severity, words: [one, many] }) => {
    const seats = seatsWith(judged, fate);
    if (seats.length === 0) return [];
    const nodes = [...new Set(seats.map(({ node }) => node))].sort();
    const reason = `${seatWords(namesOf(seats))} ${seats.length === 1 ? one : many}.`;
    const figures = { seats: seats.length };
    return [{ kind, severity, ...about(judged), reason, seats: namesOf(seats), nodes, figures }];
  });
}
