import { join } from "node:path";
import { CoppiceError } from "@coppice/core";
import type { Home } from "./open-home.ts";

/** The engine's words for a passphrase that is not the stack's, or not to be had (`pkg/secrets/passphrase/manager.go`). */
const passphrase = /incorrect passphrase|PULUMI_CONFIG_PASSPHRASE/;

/** Whether a sentence of the engine's says so. */
export function isAboutPassphrase(what: string): boolean {
  return passphrase.test(what);
}

/** What the engine says where it did not do what it was asked. */
export function engineFailure(what: string, { folder, variables }: Home): CoppiceError {
  if (!isAboutPassphrase(what)) return new CoppiceError("engine.failed", { what });
  const { PULUMI_CONFIG_PASSPHRASE_FILE: file } = variables;
  const from = file === undefined ? "PULUMI_CONFIG_PASSPHRASE" : file;
  const isUnread = what.includes("unable to read");
  return new CoppiceError("engine.passphrase", {
    what: "The stack's secrets cannot be read, so nothing was done",
    why: isUnread
      ? `the file ${from} cannot be read`
      : `they are encrypted with another passphrase than that of ${from}`,
    wayOut:
      `Put the one back that the stack was made with, which lay in ${join(folder, "passphrase")} unless a variable named it; ` +
      "on another computer, copy it from the first",
  });
}
