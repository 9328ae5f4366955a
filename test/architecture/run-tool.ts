import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What a finished tool left behind. */
export interface ToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const require = createRequire(import.meta.url);

/** A tool that runs longer than this hangs. */
const timeLimit = 300_000;

/** Runs the command of an installed npm package under the Node that runs us, in the folder `root`. */
export function runTool(packageName: string, args: readonly string[], root: string): Promise<ToolResult> {
  const child = spawn(process.execPath, [commandOf(packageName), ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeLimit,
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const ending = signal ? `\n${packageName} was ended by ${signal}` : "";
      resolve({ exitCode: code ?? 1, stdout: stdout(), stderr: stderr() + ending });
    });
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

/** The JavaScript file behind a package's command; works without `.bin` on PATH. */
function commandOf(packageName: string): string {
  const file = findManifest(packageName);
  // JSON.parse is untyped; npm has checked the manifest of an installed package.
  const { bin } = JSON.parse(readFileSync(file, "utf8")) as { bin?: string | Record<string, string> }; // as: see above
  const named =
    typeof bin === "string" ? bin : (bin?.[packageName] ?? bin?.[commandNames[packageName] ?? ""]);
  if (named === undefined) throw new Error(`The package ${packageName} has no command that we know`);
  return join(dirname(file), named);
}

/** Commands that are not called like their package. */
const commandNames: Readonly<Record<string, string>> = { typescript: "tsc", "@biomejs/biome": "biome" };

/** Looks the manifest up in the folders themselves, since many `exports` maps hide it. */
function findManifest(packageName: string): string {
  for (const folder of require.resolve.paths(packageName) ?? []) {
    const file = join(folder, packageName, "package.json");
    try {
      readFileSync(file);
      return file;
    } catch {
      // Not in this folder; Node's own search goes on in the same way.
    }
  }
  throw new Error(`The package ${packageName} is not installed. Run npm install`);
}
