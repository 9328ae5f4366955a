import { readFile } from "node:fs/promises";
import type { PveCaller } from "@coppice/pve";
import {
  createToken,
  deleteToken,
  PveError,
  readPermissions,
  readToken,
  type TokenSettings,
} from "@coppice/pve";
import { copyRights, differingPaths, rightsOf } from "./copy-rights.ts";
import { lacksRights, mayNotMake, noToken } from "./refusals.ts";
import type { Rotation, RotationFiles, RotationStep } from "./rotation.ts";
import { forgetRotation, planRotation, readDraft, readRotation, swap, writeDraft } from "./rotation-files.ts";
import { idOfToken, nameOfToken, nextToken } from "./token-text.ts";

/** What a replacement needs of its surroundings. */
export interface RotationParts {
  readonly files: RotationFiles;
  /** Speaks to the cluster as a token. */
  as(token: string): PveCaller;
  /** Who makes and removes tokens: somebody else, or the token itself. */
  maker(token: string): PveCaller;
  /** Waits until nothing works any more with what it read before now. */
  settled(): Promise<void>;
  /** The old token is left for the next call to remove. */
  readonly keepOld: boolean;
  /** Is told of each step when it is done; a test ends the process there. */
  readonly done?: (step: RotationStep, rotation: Rotation) => void | Promise<void>;
}

/**
 * Replaces the token in a file by a new one of the same user with the same rights. At no time is there none that is valid
 * in the file, and whatever ends it, the next call goes on: from what the journal meant to do, and what the cluster and the
 * files say was done.
 *
 * @returns the replacement, and whether the old token is gone
 */
export async function rotateToken(parts: RotationParts): Promise<Rotation & { readonly isOldGone: boolean }> {
  const current = await currentToken(parts);
  const rotation = (await underWay(parts, current)) ?? (await begin(parts, current));
  if (idOfToken(current) === rotation.from) await replace(parts, rotation, current);
  if (parts.keepOld) return { ...rotation, isOldGone: false };
  await removeOld(parts, rotation);
  return { ...rotation, isOldGone: true };
}

async function currentToken({ files }: RotationParts): Promise<string> {
  const text = (await readFile(files.token, "utf8")).trim();
  if (idOfToken(text) === undefined) throw noToken(files.token);
  return text;
}

/** What an earlier call began. Where somebody has put a third token into the file since, that is given up. */
async function underWay(parts: RotationParts, current: string): Promise<Rotation | undefined> {
  const rotation = await readRotation(parts.files);
  const id = idOfToken(current);
  if (rotation === undefined || id === rotation.from || id === rotation.to) return rotation;
  await giveUp(parts, rotation, current);
  return undefined;
}

async function begin({ files, maker, done }: RotationParts, current: string): Promise<Rotation> {
  const from = idOfToken(current) ?? "";
  const old = await settingsOf(maker(current), from);
  // Before anything is made: those that cannot be seen could not be given either.
  await rightsOf(maker(current), from, old);
  const rotation = { from, to: nextToken(from) };
  await planRotation(files, rotation);
  await done?.("planned", rotation);
  return rotation;
}

async function settingsOf(maker: PveCaller, token: string): Promise<TokenSettings> {
  try {
    const settings = await readToken(maker, nameOfToken(token));
    if (settings !== undefined) return settings;
  } catch (error) {
    if (PveError.is(error, "pve.forbidden")) throw mayNotMake(token, error);
    throw error;
  }
  throw mayNotMake(token, undefined);
}

/** Makes the new token, gives it what the old one has, and puts it into the file. */
async function replace(parts: RotationParts, rotation: Rotation, current: string): Promise<void> {
  const { files, done } = parts;
  const maker = parts.maker(current);
  const old = await settingsOf(maker, rotation.from);
  const rights = await rightsOf(maker, rotation.from, old);
  const token = await made(parts, rotation, { maker, old });
  try {
    await copyRights(maker, rights, rotation.to);
    await done?.("granted", rotation);
    await compare(parts, rotation, [current, token]);
  } catch (error) {
    if (isRefusal(error)) await giveUp(parts, rotation, current);
    throw error;
  }
  await done?.("checked", rotation);
  await swap(files);
  await done?.("swapped", rotation);
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "cluster.rotation";
}

/** The new token as its draft has it. One whose secret was lost with a process is made again: nobody can know it. */
async function made(
  { files, done }: RotationParts,
  rotation: Rotation,
  { maker, old }: { readonly maker: PveCaller; readonly old: TokenSettings },
): Promise<string> {
  const name = nameOfToken(rotation.to);
  const kept = await readDraft(files, rotation);
  if (kept !== undefined && (await readToken(maker, name)) !== undefined) return kept;
  await deleteToken(maker, name);
  await planRotation(files, rotation);
  const token = `${rotation.to}=${await createToken(maker, name, old)}`;
  await done?.("made", rotation);
  await writeDraft(files, token);
  await done?.("kept", rotation);
  return token;
}

/** A read with the new token, of all that it may do: as much as the old one, no more and no less. */
async function compare(
  { as }: RotationParts,
  { from }: Rotation,
  [old, next]: readonly [string, string],
): Promise<void> {
  const [before, after] = await Promise.all([readPermissions(as(old)), readPermissions(as(next))]);
  const paths = differingPaths(before, after);
  if (paths.length > 0) throw lacksRights(from, paths);
}

/** Removes the old token when nothing can hold it any more, with the new one or by whoever was named. */
async function removeOld(parts: RotationParts, rotation: Rotation): Promise<void> {
  await parts.settled();
  await parts.done?.("settled", rotation);
  await deleteToken(parts.maker(await currentToken(parts)), nameOfToken(rotation.from));
  await parts.done?.("removed", rotation);
  await forgetRotation(parts.files);
}

/** Takes back what was made of a replacement; the file still has another token. */
async function giveUp({ files, maker }: RotationParts, { to }: Rotation, current: string): Promise<void> {
  await deleteToken(maker(current), nameOfToken(to));
  await forgetRotation(files);
}
