import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Check, Finding } from "../check.ts";
import { folderCycles, type ImportEdge } from "../rules/folder-cycles.ts";
import { runTool } from "../run-tool.ts";

/** Import direction between the rooms, cycles, orphans: the rules of `.dependency-cruiser.cjs`; and circles of folders. */
export const imports: Check = {
  name: "imports",
  async run(root) {
    const folders = ["packages", "policies", "stacks", "examples", "generate", "test"];
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

interface Module {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

interface Report {
  readonly modules: readonly Module[];
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
  const broken = summary.violations.map(({ from, to, rule, cycle }) => ({
    rule: rule.name,
    place: from,
    message: cycle ? `imports itself through ${cycle.map(({ name }) => name).join(" → ")}` : `imports ${to}`,
  }));
  return [...broken, ...knots(modules)];
}

/** A folder that imports one which imports it cannot be read, moved or tested by itself. Tests may look anywhere. */
function knots(modules: readonly Module[]): Finding[] {
  const own = modules.filter(
    ({ source }) => /^(?:packages|policies)\/[^/]+\/src\//.test(source) && !isForTests(source),
  );
  const edges = own.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }): ImportEdge => [source, resolved]).filter(isWithinPackage),
  );
  return folderCycles(edges).map(({ within, parts, imports: found }) => {
    const [[place, to] = ["", ""]] = found;
    const message = `${within}: ${parts.join(", ")} import each other, ${found.length} times; here ${to}`;
    return { rule: "folder-cycle", place, message };
  });
}

function isForTests(file: string): boolean {
  return file.endsWith(".test.ts") || file.includes("/fixtures/");
}

function isWithinPackage([from, to]: ImportEdge): boolean {
  return to.startsWith(from.slice(0, from.indexOf("/src/") + "/src/".length));
}
