import type { Check, Finding } from "../check.ts";
import { runTool, type ToolResult } from "../run-tool.ts";

/** Compiles every package in the order of its references. Goes first: the others read what it writes. */
export const types: Check = {
  name: "types",
  run: async (root) => findings(await runTool("typescript", ["-b", "--pretty", "false"], root)),
};

/** Checks tests, fixtures and examples, which are not compiled into any package. */
export const testTypes: Check = {
  name: "test-types",
  run: async (root) =>
    findings(await runTool("typescript", ["-p", "tsconfig.tests.json", "--pretty", "false"], root)),
};

function findings({ exitCode, stdout, stderr }: ToolResult): Finding[] {
  const lines = stdout.split("\n");
  const found = lines.flatMap((line): Finding[] => {
    const match = /^(?:(.+?)\((\d+),\d+\): )?error (TS\d+): (.*)$/.exec(line);
    if (!match) return [];
    const [, file = "tsconfig.json", row = "1", rule = "", message = ""] = match;
    return [{ rule, place: `${file}:${row}`, message }];
  });
  if (exitCode === 0 || found.length > 0) return found;
  return [{ rule: "tsc", place: "tsconfig.json", message: `exit code ${exitCode} ${stdout}${stderr}` }];
}
