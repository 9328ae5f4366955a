import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Milliseconds that importing modules takes in a fresh Node process, its own start not counted.
 * `from` is the folder whose `node_modules` they are looked up in. A module that exports nothing is
 * refused: its time would say nothing.
 */
export async function importTime(specifiers: readonly string[], from: string): Promise<number> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program, ...specifiers], {
    cwd: from,
    timeout: 60_000,
  });
  return Number(stdout);
}

const program = `
const start = performance.now();
const modules = [];
for (const specifier of process.argv.slice(1)) modules.push(await import(specifier));
const time = performance.now() - start;
if (modules.some((module) => Object.keys(module).length === 0)) throw new Error("A module exports nothing");
process.stdout.write(String(time));
process.exit();
`;
