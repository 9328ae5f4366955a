import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatTable } from "./frame/format-table.ts";
import type { Row } from "./frame/row.ts";

const folder = import.meta.dirname;
const suffix = ".bench.ts";

/** What a `<name>.bench.ts` exports. */
interface Bench {
  rows(): Promise<Row[]>;
}

function benchNames(): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(suffix));
  return files.map((file) => file.slice(0, -suffix.length)).sort();
}

async function runBench(name: string, jsonFile: string | undefined): Promise<void> {
  // Checked by tsc for each file that names its rows; the folder holds nothing else.
  const bench = (await import(join(folder, `${name}${suffix}`))) as Bench; // as: see above
  const rows = await bench.rows();
  process.stdout.write(formatTable(rows));
  const missed = rows.filter(({ met }) => met === false).length;
  if (missed > 0) process.stdout.write(`${missed} of ${rows.length} targets missed\n`);
  if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify({ bench: name, rows }, undefined, 2)}\n`);
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
const [name] = positionals;
if (name !== undefined && benchNames().includes(name)) {
  await runBench(name, values.json);
} else {
  process.stderr.write(
    `Usage: npm run bench -- <name> [--json <file>]\nBenches: ${benchNames().join(", ")}\n`,
  );
  process.exitCode = 1;
}
