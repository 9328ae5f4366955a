import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError } from "@coppice/core";
import { writeFirst } from "../files/write-first.ts";

/**
 * The file with the passphrase that the stacks' secrets are encrypted with; made at first use. Of two that make it at once
 * the first wins, and both use its file.
 *
 * @throws CoppiceError `engine.passphrase` when it is gone while there are stacks: a new one could not read their secrets
 */
export async function ensurePassphrase(home: string): Promise<string> {
  const file = join(home, "passphrase");
  if (await isThere(file)) return file;
  if (await hasStacks(home)) {
    throw new CoppiceError("engine.passphrase", {
      what: `The passphrase in ${file} is gone`,
      why: `there are stacks in ${home} whose secrets are encrypted with it`,
      wayOut: "Put the file back from a copy, or set PULUMI_CONFIG_PASSPHRASE",
    });
  }
  await writeFirst(file, randomBytes(32).toString("base64url"));
  return file;
}

async function isThere(file: string): Promise<boolean> {
  return await access(file, constants.R_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

/** A salt is kept for every stack whose secrets are encrypted, wherever its state lies. */
async function hasStacks(home: string): Promise<boolean> {
  const salts = await readdir(join(home, "salts")).catch(() => []);
  const states = await readdir(join(home, "state", ".pulumi", "stacks"), { recursive: true }).catch(() => []);
  return [...salts, ...states.filter((file) => file.endsWith(".json"))].length > 0;
}
