import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { CoppiceError, type Properties, parseProperties } from "@coppice/core";
import { isGone, processBirth } from "@coppice/engine";

/** Who changes an entry. */
interface Holder {
  readonly pid: number;
  /** When it began: its number is another process's some day. */
  readonly birth: string;
  readonly host: string;
  /** What is done, as the command is called. */
  readonly work: string;
}

/**
 * Does work on a cluster's entry while no other command changes it. A lock of a process that is gone is no hindrance.
 *
 * @throws CoppiceError `cluster.busy`
 */
export async function withClusterLock<T>(
  { folder, name, work }: { readonly folder: string; readonly name: string; readonly work: string },
  action: () => Promise<T>,
): Promise<T> {
  const file = join(folder, `${name}.lock`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await take(file, {
    pid: process.pid,
    birth: processBirth(process.pid) ?? "",
    host: hostname(),
    work,
  });
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string, own: Holder): Promise<void> {
  const draft = `${file}.${own.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: "wx" });
  try {
    while (!(await linked(draft, file))) await clearDead(file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A link appears with its whole text, and never takes another's place. */
async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function clearDead(file: string): Promise<void> {
  const text = await textOf(file);
  if (text === undefined) return;
  if (isAtWork(parseProperties(text) ?? {})) throw busy(file, text);
  const aside = `${file}.${process.pid}.dead`;
  await rename(file, aside).catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") throw error;
  });
  // Between the look and the rename somebody else may have cleared it and taken the lock: it is put back.
  const moved = await textOf(aside);
  if (moved !== undefined && moved !== text) await linked(aside, file);
  await rm(aside, { force: true });
}

/** What cannot be looked at, on another computer, counts as alive. */
function isAtWork({ pid, birth, host }: Properties): boolean {
  if (host !== hostname()) return host !== undefined;
  return typeof pid === "number" && !isGone(pid, typeof birth === "string" ? birth : "");
}

async function textOf(file: string): Promise<string | undefined> {
  return await readFile(file, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function busy(file: string, text: string): CoppiceError {
  const said = parseProperties(text) ?? {};
  const [pid, host, work] = ["pid", "host", "work"].map((key) => JSON.stringify(said[key]));
  return new CoppiceError("cluster.busy", {
    what: "The entry of the cluster is being changed by another command",
    why: `${work}, process ${pid} of ${host}, holds ${file}`,
    wayOut: "Wait until it has ended; of a computer that is no more, remove the file",
  });
}
