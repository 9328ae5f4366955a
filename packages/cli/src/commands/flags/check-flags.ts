import type { Command } from "commander";
import type { CheckScope } from "../../cluster-check/check-scope.ts";
import { wholeNumber } from "./numbers.ts";

/** What is typed of what a cluster is checked for. */
export interface CheckFlags {
  readonly storage?: string;
  readonly bridge: string;
  readonly pool?: string;
  readonly template?: number;
  readonly node?: readonly string[];
}

const STORAGE = ["--storage <id>", "the storage that is to carry the seats' disks"] as const;

/** Adds the options that say what a cluster is checked for; the storage is demanded or not. */
export function addCheckFlags(command: Command, { storage }: { storage: "needed" | "optional" }): Command {
  const withStorage = storage === "needed" ? command.requiredOption(...STORAGE) : command.option(...STORAGE);
  return withStorage
    .option("--bridge <name>", "the bridge of the seats", "vmbr0")
    .option("--pool <id>", "the Proxmox pool that the seats are to be members of")
    .option(
      "--template <vmid>",
      "the template of the class, for a token that may read few machines",
      wholeNumber(100, 999_999_999),
    )
    .option("--node <name>", "a node to look at, once for each; all where none is named", collect);
}

/** What is checked, among all that was typed. */
export function scopeOf({ storage, bridge, pool, template, node }: CheckFlags): CheckScope {
  return {
    bridge,
    ...(storage === undefined ? {} : { storage }),
    ...(pool === undefined ? {} : { pool }),
    ...(template === undefined ? {} : { template }),
    ...(node === undefined ? {} : { nodes: node }),
  };
}

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}
