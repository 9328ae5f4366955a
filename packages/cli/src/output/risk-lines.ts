import { type RiskFinding, type RiskVerdict, riskSeverities } from "@coppice/engine";

/** More lines than these hide what stands above the question. */
const MOST = 8;

/**
 * What a preview risks, for people: how much of it in the first line, and below it a line for each finding, the gravest first.
 * What the preview has said in the same words is counted and not said again.
 *
 * @example riskLines(verdict) // ["Risk: 1 danger:", "  danger   LabClass lab on main: 1.2 GiB is lost for good with seat-03: …"]
 */
export function riskLines({ findings }: RiskVerdict): string[] {
  const own = findings.filter(({ isSaid }) => isSaid !== true);
  const shown = own.length > MOST ? own.slice(0, MOST - 1) : own;
  const left = own.length - shown.length;
  return [
    `${riskSummary(findings)}${own.length > 0 ? ":" : ""}`,
    ...shown.map((finding) => `  ${finding.severity.padEnd(WIDTH)}  ${riskWords(finding)}`),
    ...(left > 0 ? [`  and ${left} more, which --json has too`] : []),
  ];
}

const WIDTH = Math.max(...riskSeverities.map((severity) => severity.length));

/** How many findings there are of each severity, in one line. */
export function riskSummary(findings: readonly RiskFinding[]): string {
  const counts = riskSeverities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  if (counts.length === 0) return "Risk: none found";
  const said = findings.filter(({ isSaid }) => isSaid === true).length;
  return `Risk: ${counts.join(", ")}${said === 0 ? "" : `, ${said} of them said above`}`;
}

/** What a finding is about, and why it is one. */
export function riskWords({ cluster, document, reason }: RiskFinding): string {
  const about = document === undefined ? cluster : `${document.kind} ${document.name} on ${cluster}`;
  return `${about}: ${reason}`;
}
