import type { Check, Finding } from "../check.ts";
import { runTool } from "../run-tool.ts";

/** knip: files, exports and dependencies that nobody uses, and dependencies that nobody declared. */
export const unused: Check = {
  name: "unused",
  async run(root) {
    const args = ["--config", "knip.json", "--reporter", "json", "--no-progress", "--no-config-hints"];
    const { exitCode, stdout, stderr } = await runTool("knip", args, root);
    if (!stdout.startsWith("{")) {
      return [{ rule: "knip", place: "knip.json", message: `exit code ${exitCode} ${stdout}${stderr}` }];
    }
    return readFindings(stdout);
  },
};

interface Issue {
  readonly name: string;
  readonly line?: number;
}

function readFindings(stdout: string): Finding[] {
  // knip's own report; its shape is pinned with the exact version in package.json.
  const report = JSON.parse(stdout) as { issues: readonly Record<string, unknown>[] }; // as: see above
  return report.issues.flatMap((row) => {
    const file = String(row["file"]);
    return Object.entries(row).flatMap(([kind, issues]) =>
      Array.isArray(issues) ? issues.filter(isIssue).map((issue) => finding(kind, file, issue)) : [],
    );
  });
}

function finding(kind: string, file: string, { name, line }: Issue): Finding {
  const place = line === undefined ? file : `${file}:${line}`;
  return { rule: `unused/${kind}`, place, message: `"${name}": remove it, or use it, or declare it` };
}

function isIssue(value: unknown): value is Issue {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}
