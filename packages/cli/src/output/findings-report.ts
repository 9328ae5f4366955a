import type { Finding } from "../cluster-check/finding.ts";

/**
 * The lines of `coppice cluster check`: what is missing first, since a list of what is well hides it.
 *
 * @example findingsReport([{ state: "ok", what: "VM.Audit on /vms" }])
 */
export function findingsReport(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = (["missing", "limited", "ok"] as const).flatMap((state) =>
    findings
      .filter((finding) => finding.state === state)
      .map(
        ({ what, disables }) =>
          `${state.padEnd(7)}  ${disables ? `${what.padEnd(width)}  ${disables}` : what}`,
      ),
  );
  const missing = findings.filter(({ state }) => state === "missing").length;
  const limited = findings.filter(({ state }) => state === "limited").length;
  return [...lines, "", verdict(missing, limited)];
}

function verdict(missing: number, limited: number): string {
  if (missing > 0)
    return `${missing} missing: no class can be made. docs/guides/permissions.md shows how to grant it`;
  if (limited > 0)
    return `A class can be made; ${limited} limited. docs/guides/permissions.md shows how to lift it`;
  return "Everything is there";
}
