import type { Check, Finding } from "../check.ts";
import { runTool } from "../run-tool.ts";

/** biome as formatter and import sorter; `npx biome check --write .` repairs all of it. */
export const format: Check = {
  name: "format",
  async run(root) {
    const args = ["check", "--reporter=json", "--max-diagnostics=200", "."];
    const { exitCode, stdout, stderr } = await runTool("@biomejs/biome", args, root);
    const found = exitCode === 0 ? [] : readFindings(stdout);
    if (exitCode === 0 || found.length > 0) return found;
    return [{ rule: "biome", place: "biome.json", message: `exit code ${exitCode} ${stdout}${stderr}` }];
  },
};

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}

function readFindings(stdout: string): Finding[] {
  // biome's own report; its shape is pinned with the exact version in package.json.
  const report = JSON.parse(stdout) as Report; // as: see above
  return report.diagnostics.map(({ category, location }) => ({
    rule: category,
    place: location.path,
    message: "run npx biome check --write .",
  }));
}
