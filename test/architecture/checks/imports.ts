import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Check, Finding } from "../check.ts";
import { runTool } from "../run-tool.ts";

/** Import direction between the rooms, cycles, orphans: the rules of `.dependency-cruiser.cjs`. */
export const imports: Check = {
  name: "imports",
  async run(root) {
    const folders = ["packages", "policies", "stacks", "templates", "examples", "test"];
    const present = folders.filter((folder) => existsSync(join(root, folder)));
    const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...present];
    const { exitCode, stdout, stderr } = await runTool("dependency-cruiser", args, root);
    const report = readReport(stdout);
    if (report) return findings(report);
    return [{ rule: "dependency-cruiser", place: ".", message: `exit code ${exitCode} ${stdout}${stderr}` }];
  },
};

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
  readonly cycle?: readonly { readonly name: string }[];
}

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly Violation[]; readonly totalCruised: number };
}

function readReport(stdout: string): Report | undefined {
  // dependency-cruiser's own report; its shape is pinned with the exact version in package.json.
  return stdout.startsWith("{") ? (JSON.parse(stdout) as Report) : undefined; // as: see above
}

/**
 * With a TypeScript it cannot use, dependency-cruiser sees no TypeScript at all and reports success
 * (seen with TypeScript 7.0.2), so a run without a TypeScript module is a failure of its own.
 */
function findings({ modules, summary }: Report): Finding[] {
  const seen = modules.filter(({ source }) => /^packages\/.*\.ts$/.test(source));
  if (summary.totalCruised === 0 || seen.length === 0) {
    const message = "dependency-cruiser saw no TypeScript module of ours, so it proves nothing";
    return [{ rule: "no-modules-seen", place: "packages", message }];
  }
  return summary.violations.map(({ from, to, rule, cycle }) => ({
    rule: rule.name,
    place: from,
    message: cycle ? `imports itself through ${cycle.map(({ name }) => name).join(" → ")}` : `imports ${to}`,
  }));
}
