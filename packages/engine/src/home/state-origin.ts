import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError, originForm, stableMark } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { writeFirst } from "../files/write-first.ts";
import { backendFolder } from "./backend-folder.ts";
import type { StateHome } from "./state-home.ts";

/**
 * The id of the place where a home's state lies: all homes have the same projects and stacks, so that it alone tells their
 * machines apart. Of files it lies beside the state, made at the first run, so that everybody who shares the state shares
 * it, and a copy that is put back has it again. Of every other backend it comes from where that is.
 *
 * @throws CoppiceError `engine.home`
 */
export async function stateOrigin({ backend }: StateHome): Promise<string> {
  const folder = backendFolder(backend);
  if (folder === undefined) return `h${stableMark([placeOf(backend)], 15)}`;
  const file = join(folder, ".coppice", "origin");
  return (await readOrigin(file)) ?? (await makeOrigin(file));
}

async function readOrigin(file: string): Promise<string | undefined> {
  const text = await readFile(file, "utf8").catch(orUndefined);
  const origin = text?.trim();
  if (origin === undefined || originForm.test(origin)) return origin;
  throw new CoppiceError("engine.home", {
    what: `The id of the state's home in ${file} cannot be read`,
    why: "it is no 'h' with 15 hexadecimal digits behind it",
    wayOut:
      "Put the file back from a copy, or write into it the id that the notes of the home's machines name; without machines delete it",
  });
}

/** Of two that make it at once the first wins, and both use its id. */
async function makeOrigin(file: string): Promise<string> {
  await mkdir(join(file, ".."), { recursive: true });
  // Everybody who shares the state reads it.
  await writeFirst(file, `h${randomBytes(8).toString("hex").slice(1)}\n`, 0o666);
  return (await readOrigin(file)) ?? (await makeOrigin(file));
}

/** A backend's URL without what is somebody's own: two people who share a state have other passwords. */
function placeOf(backend: string): string {
  if (!URL.canParse(backend)) return backend;
  const url = new URL(backend);
  const options = [...url.searchParams].filter(
    ([name]) => !/key|token|secret|pass|user|profile|cred/i.test(name),
  );
  const query = new URLSearchParams(options.sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}?${query.toString()}`;
}
