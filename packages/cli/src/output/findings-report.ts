import type { Finding } from "../cluster-check/finding.ts";
import { fit, widthOf, wrap } from "./fit.ts";

/** The text below a line begins where its subject does. */
const INDENT = "missing  ".length;

/**
 * The lines of `coppice cluster check`: what is missing first, since a list of what is well hides it. None is wider than
 * the terminal.
 *
 * @example findingsReport([{ state: "ok", what: "VM.Audit on /vms" }], process.stdout.columns)
 */
export function findingsReport(findings: readonly Finding[], columns?: number): string[] {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = (["missing", "limited", "ok"] as const).flatMap((state) =>
    findings
      .filter((finding) => finding.state === state)
      .flatMap(({ what, disables = "" }) => {
        const head = `${state.padEnd(INDENT)}${what.padEnd(width)}`;
        return fit(head, disables, { columns, indent: INDENT });
      }),
  );
  return [...lines, "", ...wrap(verdict(findings), widthOf(columns))];
}

function verdict(findings: readonly Finding[]): string {
  const count = (wanted: Finding["state"]) => findings.filter(({ state }) => state === wanted).length;
  if (count("missing") > 0)
    return `${count("missing")} missing: no class can be made.${guideOf(findings, "grant")}`;
  if (count("limited") > 0)
    return `A class can be made; ${count("limited")} limited.${guideOf(findings, "lift")}`;
  return "Everything is there";
}

/** The page is on rights and accounts; what else is missing says itself what to do. */
function guideOf(findings: readonly Finding[], does: string): string {
  const isGranted = findings.some(({ state, granted }) => state !== "ok" && granted === true);
  return isGranted ? ` docs/guides/permissions.md shows how to ${does} rights and SSH` : "";
}
