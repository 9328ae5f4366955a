import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CoppiceError } from "@coppice/core";
import type { EmulatorOptions } from "./emulator-options.ts";

/** The folder an emulator keeps everything in, held by one process at a time. */
export interface DataFolder {
  readonly path: string;
  /** What the folder was made with, for what the options leave open. */
  readonly kept: KeptOptions;
  /** Lets go of the folder; a temporary one is removed. */
  release(): void;
}

/** What cannot change once a folder holds a cluster. */
export interface KeptOptions {
  readonly pve: "8.4" | "9.2";
  readonly nodes: number;
}

const TEMPORARY = "coppice-emulator-";
const TEMPORARY_NAME = /^coppice-emulator-[A-Za-z0-9]{6}$/;
const holderFile = "emulator.pid";
const optionsFile = "emulator.json";

/** Takes a data folder, or makes a temporary one. Refuses one that another emulator holds or that does not fit. */
export function openDataFolder(options: EmulatorOptions): DataFolder {
  const wanted = { pve: options.pve ?? "9.2", nodes: options.nodes ?? 3 } as const;
  if (options.data === undefined) {
    removeLeftFolders();
    const path = mkdtempSync(join(tmpdir(), TEMPORARY));
    hold(path);
    return { path, kept: wanted, release: () => rmSync(path, { recursive: true, force: true }) };
  }
  const path = resolve(options.data);
  makeFolder(path);
  accessSync(path, constants.W_OK | constants.X_OK);
  hold(path);
  try {
    return {
      path,
      kept: keptOptions(path, options, wanted),
      release: () => rmSync(join(path, holderFile), { force: true }),
    };
  } catch (error) {
    rmSync(join(path, holderFile), { force: true });
    throw error;
  }
}

/** Removes temporary folders of this user's emulators that were killed. */
function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => TEMPORARY_NAME.test(each))) {
    const path = join(tmpdir(), name);
    try {
      if (isLeft(path)) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another start removes it at this moment, or it is somebody else's.
    }
  }
}

/**
 * Whether a temporary folder's process is known to be dead. A folder that somebody has named holds its options as well;
 * one that names no process is just being made, and a process of another container cannot be seen from here.
 */
function isLeft(path: string): boolean {
  if (lstatSync(path).uid !== process.getuid?.() || existsSync(join(path, optionsFile))) return false;
  const file = join(path, holderFile);
  return readFileSync(file, "utf8").endsWith(` ${pidNamespace()}`) && !isAlive(file);
}

/** Not `recursive`: Node's own never comes back from a folder that refuses children with ENOENT, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Linking a finished file into place is done by one process only, however many try. */
function hold(path: string): void {
  const file = join(path, holderFile);
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, identityOf(process.pid) ?? "");
  try {
    if (!isAlive(file)) rmSync(file, { force: true });
    linkSync(mine, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    throw new CoppiceError("emulator.start", {
      what: `the folder ${path} is in use`,
      why: `process ${readFileSync(file, "utf8").split(" ")[0]} runs an emulator in it`,
      wayOut: "Stop that one first, or name another folder",
    });
  } finally {
    rmSync(mine, { force: true });
  }
}

function isAlive(file: string): boolean {
  try {
    const text = readFileSync(file, "utf8");
    return text !== "" && identityOf(Number(text.split(" ")[0])) === text;
  } catch {
    return false; // Nobody holds it.
  }
}

/**
 * A process by its id and its start, since ids are used again (proc(5): field 22), and by who sees it under that id;
 * undefined when there is none.
 */
function identityOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]} ${pidNamespace()}`;
  } catch {
    return undefined; // It has ended.
  }
}

/** Which processes are seen from here, as pid_namespaces(7) tells. */
function pidNamespace(): string {
  return readlinkSync("/proc/self/ns/pid");
}

function keptOptions(path: string, options: EmulatorOptions, wanted: KeptOptions): KeptOptions {
  const file = join(path, optionsFile);
  const kept = readKept(file);
  if (kept === undefined) {
    writeFileSync(`${file}.tmp`, `${JSON.stringify(wanted)}\n`);
    renameSync(`${file}.tmp`, file);
    return wanted;
  }
  if (options.pve !== undefined && options.pve !== kept.pve)
    throw otherwise(path, `release ${kept.pve}`, options.pve);
  if (options.nodes !== undefined && options.nodes !== kept.nodes)
    throw otherwise(path, `${kept.nodes} nodes`, `${options.nodes}`);
  return kept;
}

function readKept(file: string): KeptOptions | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined; // A new folder.
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !("pve" in value && "nodes" in value)) return undefined;
  const { pve, nodes } = value;
  return (pve === "8.4" || pve === "9.2") && typeof nodes === "number" ? { pve, nodes } : undefined;
}

function otherwise(path: string, holds: string, asked: string): CoppiceError {
  return new CoppiceError("emulator.start", {
    what: `the folder ${path} cannot be used`,
    why: `it holds a cluster with ${holds}, not ${asked}`,
    wayOut: "Leave the option away, or name another folder",
  });
}
