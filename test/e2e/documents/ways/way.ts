import type { Emulator } from "@coppice/emulator";
import type { Documents } from "../random-edits.ts";

/** The password that every way's classes get, each from where it reads secrets. */
export const PASSWORD = "planted-password-71be";

/** Its rounds of HA and locks go by faster; not so fast that a busy machine takes longer over a lock than Proxmox waits. */
export const WAY_CLUSTER = { nodes: 2, timeScale: 3 };

/** What a command said, and how it ended. */
export interface Answer {
  readonly code: number | null;
  /** Everything that it printed. */
  readonly said: string;
}

/** One way of describing classes and having them made, on a cluster of its own. */
export interface Way {
  readonly name: string;
  readonly emulator: Emulator;
  /** Where everything is written that the way keeps. */
  readonly folder: string;
  /** Everything that its commands printed. */
  readonly printed: readonly string[];
  /** Files in which the password stands because the test wrote it there. */
  readonly wrote: readonly string[];
  /** Says what there shall be. */
  declare(documents: Documents): Promise<void>;
  preview(options?: { readonly refresh?: boolean }): Promise<Answer>;
  /** Whether a preview came to nothing to do. */
  isEmpty(answer: Answer): boolean;
  /** Starts an update; its processes can be killed. */
  startUp(): { readonly pid: number; finished(): Promise<Answer> };
  /** Takes away the lock of a dead engine, where the way needs a person for that. */
  unlock?(): Promise<Answer>;
  destroy(): Promise<Answer>;
  remove(): Promise<void>;
}
