import type { Check, Finding } from "../check.ts";
import { runTool } from "../run-tool.ts";

/** oxlint with the rules of `.oxlintrc.json`, those that need types included. */
export const lint: Check = {
  name: "lint",
  async run(root) {
    const args = ["--type-aware", "-c", ".oxlintrc.json", "--format", "unix", "--deny-warnings"];
    const { exitCode, stdout, stderr } = await runTool("oxlint", args, root);
    const found = stdout.split("\n").flatMap(readFinding);
    if (exitCode === 0 || found.length > 0) return found;
    return [{ rule: "oxlint", place: ".oxlintrc.json", message: `exit code ${exitCode} ${stdout}${stderr}` }];
  },
};

/** A line looks like `file:line:column: message [Error/typescript(no-explicit-any)]`. */
function readFinding(line: string): Finding[] {
  const match = /^(.+?:\d+):\d+: (.*) \[(?:Error|Warning)\/(.+)\]$/.exec(line);
  if (!match) return [];
  const [, place = "", message = "", rule = ""] = match;
  return [{ rule, place, message }];
}
