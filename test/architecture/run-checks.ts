import { parseArgs } from "node:util";
import type { Check, Finding } from "./check.ts";
import { format } from "./checks/format.ts";
import { imports } from "./checks/imports.ts";
import { lint } from "./checks/lint.ts";
import { repository } from "./checks/repository.ts";
import { source } from "./checks/source.ts";
import { testTypes, types } from "./checks/types.ts";
import { unused } from "./checks/unused.ts";

/** Longest first, so that two at a time end together. */
const checks: readonly Check[] = [types, testTypes, unused, imports, lint, source, format, repository];

/** How many checks may run at a time; the repository is built on machines with two cores. */
const width = 2;

async function runCheck(check: Check, root: string): Promise<boolean> {
  const start = performance.now();
  const findings = await check.run(root);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const verdict = findings.length === 0 ? "ok" : "failed";
  process.stdout.write([`${verdict} ${check.name} ${seconds} s`, ...findings.map(line), ""].join("\n"));
  return findings.length === 0;
}

function line({ rule, place, message }: Finding): string {
  return `  ${rule} ${place} ${message}`;
}

/** Types go first and alone: type-aware rules of the others read the declarations that they write. */
async function runAll(chosen: readonly Check[], root: string): Promise<boolean> {
  const results = [];
  if (chosen.includes(types)) results.push(await runCheck(types, root));
  const waiting = chosen.filter((check) => check !== types);
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift())
      results.push(await runCheck(check, root));
  };
  await Promise.all(Array.from({ length: width }, work));
  return results.every(Boolean);
}

function choose(names: readonly string[]): readonly Check[] {
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no check ${unknown.join(", ")}. Known are ${checks.map(({ name }) => name).join(", ")}`,
    );
  }
  return names.length === 0 ? checks : checks.filter(({ name }) => names.includes(name));
}

const { positionals } = parseArgs({ allowPositionals: true });
process.exitCode = (await runAll(choose(positionals), process.cwd())) ? 0 : 1;
