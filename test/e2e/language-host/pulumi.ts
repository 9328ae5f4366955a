import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** How a run of the engine ended. */
export interface Run {
  readonly code: number | null;
  /** stdout and stderr, in the order in which they came, without colours. */
  readonly output: string;
}

/** A run of the engine that is still going on. */
export interface RunningPulumi {
  readonly child: ChildProcess;
  /** Resolves when the output holds a text; rejects when the engine ends without it. */
  printed(text: string): Promise<void>;
  readonly ended: Promise<Run>;
}

/** Starts `pulumi` in a project's folder, on the project's own state. */
export function startPulumi(
  place: { env: NodeJS.ProcessEnv },
  project: string,
  args: readonly string[],
): RunningPulumi {
  const child = spawn("pulumi", [...args, "--non-interactive"], {
    cwd: project,
    env: { ...place.env, PULUMI_BACKEND_URL: `file://${join(project, ".state")}` },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 50_000,
    killSignal: "SIGKILL",
  });
  let output = "";
  const more = (chunk: Buffer): void => {
    output += stripVTControlCharacters(chunk.toString("utf8"));
    child.emit("coppice-output");
  };
  child.stdout.on("data", more);
  child.stderr.on("data", more);
  const ended = once(child, "close").then(() => ({ code: child.exitCode, output }));
  const printed = async (text: string): Promise<void> => {
    while (!output.includes(text)) {
      const run = await Promise.race([once(child, "coppice-output").then(() => undefined), ended]);
      if (run && !output.includes(text)) throw new Error(`ended without "${text}":\n${output}`);
    }
  };
  return { child, printed, ended };
}

/** Runs `pulumi` to its end. */
export function runPulumi(
  place: { env: NodeJS.ProcessEnv },
  project: string,
  args: readonly string[],
): Promise<Run> {
  return startPulumi(place, project, args).ended;
}

/** The arguments of an `up` that neither asks nor previews. */
export const up = ["up", "--yes", "--skip-preview", "--stack", "dev"] as const;
