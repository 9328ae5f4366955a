import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  CoppiceError,
  fileReason,
  isList,
  isProperties,
  type JsonValue,
  type Properties,
  parseProperties,
} from "@coppice/core";
import { replaceFile } from "../files/replace-file.ts";
import type { StateHome } from "../home/state-home.ts";
import { type StackName, stackPlace } from "../lease/stack-place.ts";
import { type IgnoredDrift, isSameDrift, standing } from "./ignored-drift.ts";

/**
 * Reads what of a stack's drift is ignored.
 *
 * @throws CoppiceError `drift.file`
 */
export async function readIgnored(home: StateHome, name: StackName): Promise<readonly IgnoredDrift[]> {
  const file = stackPlace(home, name).ignored;
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return NOTHING;
    throw broken(file, `it cannot be read: ${fileReason(cause)}`, cause);
  });
  const list = parseProperties(text)?.["ignored"];
  const read = isList(list) ? list.filter(isIgnored) : [];
  // What is no longer known to be ignored must not look as if it never had been.
  if (!isList(list) || read.length < list.length)
    throw broken(file, "it is cut off, or not what was written");
  return read;
}

const NOTHING = '{"ignored":[]}';

/** Adds one to what is ignored, in place of an earlier word on the same; what has run out goes. Under the stack's lease. */
export async function writeIgnored(home: StateHome, name: StackName, ignored: IgnoredDrift): Promise<void> {
  const others = (await readIgnored(home, name)).filter((each) => !isSameDrift(each, ignored));
  const { ignored: file } = stackPlace(home, name);
  try {
    await mkdir(dirname(file), { recursive: true });
    const all = [...standing(others, Date.parse(ignored.when)), ignored];
    await replaceFile(file, `${JSON.stringify({ ignored: all }, undefined, 2)}\n`);
  } catch (cause) {
    throw broken(file, `it cannot be written: ${fileReason(cause)}`, cause);
  }
}

function isIgnored(value: JsonValue): value is IgnoredDrift & Properties {
  const texts = ["kind", "name", "seat", "field", "what", "until", "who", "when"];
  return isProperties(value) && texts.every((key) => typeof value[key] === "string");
}

function broken(file: string, why: string, cause?: unknown): CoppiceError {
  return new CoppiceError("drift.file", {
    what: `What drift is ignored is not known from ${file}`,
    why,
    wayOut: "Correct the file, or remove it: then everything counts again",
    ...(cause !== undefined && { cause }),
  });
}
