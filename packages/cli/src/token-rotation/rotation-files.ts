import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseProperties } from "@coppice/core";
import { replaceFile } from "@coppice/engine";
import type { Rotation, RotationFiles } from "./rotation.ts";
import { idOfToken } from "./token-text.ts";

/** The files of a cluster's replacement: the draft lies beside the token's file, so that a rename swaps the two. */
export async function filesOf(folder: string, cluster: string, file: string): Promise<RotationFiles> {
  const token = await realpath(file);
  return { token, draft: `${token}.next`, journal: join(folder, cluster, "rotation.json") };
}

/** The replacement that is under way, if one is. */
export async function readRotation({ journal }: RotationFiles): Promise<Rotation | undefined> {
  const { from, to } = parseProperties((await textOf(journal)) ?? "") ?? {};
  return typeof from === "string" && typeof to === "string" ? { from, to } : undefined;
}

/**
 * Says what is about to be done, before any of it is. The draft is made with the owner and the mode of the token's file:
 * where that cannot be, it shows before there is a token.
 */
export async function planRotation(files: RotationFiles, rotation: Rotation): Promise<void> {
  await mkdir(dirname(files.journal), { recursive: true, mode: 0o700 });
  await rm(files.draft, { force: true });
  const { mode, uid, gid } = await stat(files.token);
  {
    await using draft = await open(files.draft, "wx", 0o600);
    const own = await draft.stat();
    if (own.uid !== uid || own.gid !== gid) await draft.chown(uid, gid);
    await draft.chmod(mode & 0o777);
  }
  await replaceFile(files.journal, `${JSON.stringify(rotation)}\n`);
}

/** The new token, where it was written as a whole. */
export async function readDraft({ draft }: RotationFiles, { to }: Rotation): Promise<string | undefined> {
  const text = (await textOf(draft)) ?? "";
  return text.endsWith("\n") && idOfToken(text.trim()) === to ? text.trim() : undefined;
}

/** Writes the new token down, through to the disk. */
export async function writeDraft({ draft }: RotationFiles, token: string): Promise<void> {
  await using file = await open(draft, "r+");
  await file.truncate();
  await file.writeFile(`${token}\n`);
  await file.sync();
}

/** From now on whoever reads the token's file reads the new one, also after a failure of the power. */
export async function swap({ draft, token }: RotationFiles): Promise<void> {
  await rename(draft, token);
  await using folder = await open(dirname(token));
  await folder.sync();
}

/** Forgets the replacement: it is done, or was given up. */
export async function forgetRotation({ draft, journal }: RotationFiles): Promise<void> {
  await rm(draft, { force: true });
  await rm(journal, { force: true });
}

async function textOf(file: string): Promise<string | undefined> {
  return await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
