import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** `wall` is what a user waits; `cpu` is the same work counted so that a busy machine hardly shows. */
export type TimeKind = "wall" | "cpu";

/**
 * Milliseconds that importing modules takes in a fresh Node process, its own start not counted.
 * `from` is the folder whose `node_modules` they are looked up in. A module that exports nothing is
 * refused: its time would say nothing.
 */
export async function importTime(
  kind: TimeKind,
  specifiers: readonly string[],
  from: string,
): Promise<number> {
  const args = ["--input-type=module", "-e", program, kind, ...specifiers];
  const { stdout } = await run(process.execPath, args, { cwd: from, timeout: 60_000 });
  return Number(stdout);
}

const program = `
const [kind, ...specifiers] = process.argv.slice(1);
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const now = kind === "cpu" ? cpu : () => performance.now();
const start = now();
const modules = [];
for (const specifier of specifiers) modules.push(await import(specifier));
const time = now() - start;
if (modules.some((module) => Object.keys(module).length === 0)) throw new Error("A module exports nothing");
process.stdout.write(String(time));
process.exit();
`;
