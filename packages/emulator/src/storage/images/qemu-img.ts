import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import type { Cluster } from "../../cluster/cluster.ts";
import { interruptionSignal, meetInterruption } from "../../kernel/interruption.ts";
import { die } from "../../kernel/pve-error.ts";
import { asSeenByNode, type Place } from "../catalog/place.ts";
import type { VolumeLog } from "../volume-types.ts";

const run = promisify(execFile);

export interface QemuImgResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const longestOutput = 4 * 1024 * 1024;

/**
 * Runs the machine's real qemu-img and counts it. `-U` is added where Debian's build would otherwise refuse an image
 * that is in use: Proxmox builds it with locking off (pve-qemu, patch "change locking default to off").
 */
export async function qemuImg(
  cluster: Cluster,
  args: readonly string[],
  cwd?: string,
): Promise<QemuImgResult> {
  cluster.counters.add("process:qemu-img");
  const [command = "", ...rest] = args;
  const share = sharing.has(command) ? ["-U"] : [];
  return await new Promise((resolve, reject) => {
    const child = spawn("qemu-img", [command, ...share, ...rest], {
      stdio: ["ignore", "pipe", "pipe"],
      ...(cwd === undefined ? {} : { cwd }),
    });
    // TERM reaches the whole process group of a task.
    const kill = () => child.kill();
    const interrupted = interruptionSignal();
    interrupted?.addEventListener("abort", kill, { once: true });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    child.on("error", (error) =>
      reject(new Error(`qemu-img could not be run: ${error.message}`, { cause: error })),
    );
    child.on("close", (code) => {
      interrupted?.removeEventListener("abort", kill);
      resolve({ code: code ?? 255, stdout: stdout.text, stderr: stderr.text });
    });
  });
}

const sharing = new Set(["info", "map", "measure", "compare", "convert"]);

function collect(stream: NodeJS.ReadableStream): { readonly text: string } {
  const gathered = { text: "" };
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    if (gathered.text.length < longestOutput) gathered.text += piece;
  });
  return gathered;
}

/** A run whose failure is the operation's failure. */
export interface QemuImgCommand {
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The words before the failure: "unable to create image". */
  readonly errorPrefix?: string;
}

/**
 * Runs qemu-img as a step of an operation: its lines go into the log as the node would see them, and a failure ends
 * with Proxmox's words (PVE::Tools::run_command).
 */
export async function qemuImgStep(place: Place, command: QemuImgCommand, log?: VolumeLog): Promise<string> {
  meetInterruption();
  const result = await qemuImg(place.cluster, command.args, command.cwd);
  demandUninterrupted(place, command);
  const lines = asSeenByNode(place, result.stdout)
    .split("\n")
    .filter((line) => line !== "");
  for (const line of lines) log?.(line);
  if (result.code === 0) return result.stdout;
  const complaint = asSeenByNode(place, result.stderr).trimEnd();
  if (command.errorPrefix !== undefined) die(`${command.errorPrefix}: ${complaint}`);
  for (const line of complaint.split("\n")) log?.(line);
  return die(`command '${asSeenByNode(place, commandText(command.args))}' failed: exit code ${result.code}`);
}

function demandUninterrupted(place: Place, { args, errorPrefix }: QemuImgCommand): void {
  try {
    meetInterruption();
  } catch (error) {
    const text = `command '${asSeenByNode(place, commandText(args))}' failed: ${messageOf(error)}`;
    die(errorPrefix === undefined ? text : `${errorPrefix}: ${text}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The command line as Proxmox prints it: arguments with special characters are quoted. */
export function commandText(args: readonly string[]): string {
  const quoted = args.map((arg) => (/^[A-Za-z0-9_./:,+@-]*$/.test(arg) ? arg : `'${arg}'`));
  return `/usr/bin/qemu-img ${quoted.join(" ")}`;
}

/** Copies a file with its holes, as a clone of blocks where the file system can. Attributes do not come along. */
export async function sparseCopy(from: string, to: string): Promise<void> {
  await run("cp", ["--sparse=always", "--reflink=auto", "--", from, to]);
}
