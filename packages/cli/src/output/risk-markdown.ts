import type { RiskVerdict } from "@coppice/engine";
import { escaped } from "./escaped.ts";
import { riskSummary, riskWords } from "./risk-lines.ts";

/** More than these no reviewer reads, and a comment has its limit. */
const MOST = 20;

/** What a preview risks, as a part of a pull request's comment: nothing where there is nothing. */
export function riskMarkdown({ findings }: RiskVerdict): string[] {
  if (findings.length === 0) return [];
  const own = findings.filter(({ isSaid }) => isSaid !== true);
  const rows = own
    .slice(0, MOST)
    .map((finding) => `| ${finding.severity} | ${escaped(riskWords(finding)).replaceAll("\n", " ")} |`);
  const table = rows.length === 0 ? [] : ["| severity | risk |\n|---|---|\n".concat(rows.join("\n"))];
  const left = own.length > MOST ? [`… and ${own.length - MOST} more.`] : [];
  return [`**${escaped(riskSummary(findings))}**`, ...table, ...left];
}
