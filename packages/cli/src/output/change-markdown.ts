import type { DocumentVerdict, JudgedOperation } from "@coppice/engine";
import { type DocumentMistake, documentMistakesText } from "@coppice/spec";
import { changeSummary, othersLines } from "./change-lines.ts";
import { escaped } from "./escaped.ts";
import { riskMarkdown } from "./risk-markdown.ts";
import { verdictLines } from "./verdict-lines.ts";

/** Longest text of all documents' details together: a comment on GitHub holds 65,536 characters. */
const LONGEST = 60_000;

/** A preview as a comment of a pull request: a table, and what our resources say below it. */
export function changeMarkdown(
  judged: JudgedOperation | undefined,
  { mistakes, isWhole }: { readonly mistakes: readonly DocumentMistake[]; readonly isWhole: boolean },
): string {
  if (judged === undefined)
    return `### Coppice: the documents have mistakes\n\n${fenced(documentMistakesText(mistakes))}\n`;
  const { stacks, verdicts } = judged;
  const rows = stacks.flatMap(({ cluster, verdict }) =>
    verdict.documents.map((document) => row(document, cluster)),
  );
  const table = ["| document | cluster | change | seats |", "|---|---|---|---|", ...rows].join("\n");
  const reasons = stacks.flatMap(({ verdict }) => [
    ...verdict.refusals.map(({ message }) => message),
    ...verdict.warnings,
  ]);
  const parts = [
    `### Coppice: ${changeSummary(stacks, "planned")}`,
    table,
    ...reasons.map(fenced),
    // In columns, as on a terminal.
    fenced(verdictLines(verdicts).join("\n")),
    ...riskMarkdown(verdicts.risk),
    ...details(stacks.flatMap(({ verdict }) => verdict.documents)),
    ...(isWhole ? othersLines(stacks).map(escaped) : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The comment where the preview as a whole could not be made. */
export function failureMarkdown(result: keyof typeof FAILURES, text: string): string {
  return `### Coppice: ${FAILURES[result]}\n\n${fenced(text)}\n`;
}

const FAILURES = { refused: "refused", unknown: "could not tell", cancelled: "stopped" } as const;

function row({ kind, name, change, seats, losses }: DocumentVerdict, cluster: string): string {
  const fates = [...Map.groupBy(seats, (seat) => seat.change)].map(
    ([fate, group]) => `${group.length} ${fate}`,
  );
  const lost = losses.length > 0 ? " ⚠️" : "";
  return `| ${escaped(`${kind} ${name}`)} | ${escaped(cluster)} | ${change}${lost} | ${fates.join(", ")} |`;
}

/** What does not fit is said to be left out. */
function details(documents: readonly DocumentVerdict[]): string[] {
  const texts = documents.flatMap(({ kind, name, words, warnings, refusals }) => {
    const lines = [...words, ...warnings, ...refusals.map(({ message }) => message)];
    return lines.length === 0 ? [] : [`**${escaped(`${kind} ${name}`)}**\n\n${fenced(lines.join("\n"))}`];
  });
  const shown: string[] = [];
  for (const text of texts) {
    if (shown.join("").length + text.length > LONGEST) {
      return [...shown, `… and ${texts.length - shown.length} more documents, which do not fit here.`];
    }
    shown.push(text);
  }
  return shown;
}

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
