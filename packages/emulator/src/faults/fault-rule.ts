import type { Fault, FaultPoint } from "../kernel/fault-source.ts";

/** Which events a rule is about; what is not named matches anything. */
export interface FaultMatch {
  readonly method?: string;
  /** A regular expression for the whole path below `/api2/json`: `/nodes/[^/]+/qemu`. */
  readonly path?: string;
  readonly user?: string;
  readonly node?: string;
  readonly vmid?: number;
  /** A task's type: `qmcreate`. */
  readonly task?: string;
  readonly storage?: string;
}

/** What goes wrong. */
export type FaultEffect =
  | { readonly kind: "answer"; readonly status: number; readonly reason: string }
  | { readonly kind: "delay"; readonly ms: number }
  /** The connection breaks before the work was done, or after it with the answer lost. */
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  /** "got no worker upid - start worker failed", with what the genuine node leaves behind. */
  | { readonly kind: "no-worker" }
  /** The task's process vanishes without a last line. */
  | { readonly kind: "lost-task" }
  | { readonly kind: "failed-task"; readonly text: string }
  | { readonly kind: "storage"; readonly state: "full" | "read-only" }
  /** A lock that the match's path names is held by somebody else. */
  | { readonly kind: "held-lock" }
  | { readonly kind: "ssh-refused" }
  /** The SSH connection breaks after so many bytes from the client; what runs on the node goes on. */
  | { readonly kind: "ssh-cut"; readonly afterBytes: number }
  /**
   * The clean-up after a stop comes when the machine was started again, and holds its lock so long, in milliseconds of
   * the cluster's clock: 30,000 on a genuine node. 9.2 only.
   */
  | { readonly kind: "late-cleanup"; readonly holdMs: number }
  /** The status round leaves the node out: its figures grow old. */
  | { readonly kind: "stale-metrics" };

/** One fault: what it is about, when it strikes, and what happens. Plain data, so it also comes by HTTP. */
export interface FaultRule {
  readonly match?: FaultMatch;
  readonly effect: FaultEffect;
  /** Only the n-th event that matches, counted from 1. */
  readonly nth?: number;
  /** At most so many times. */
  readonly times?: number;
  /** Strikes this part of the events, between 0 and 1. */
  readonly probability?: number;
  /** Makes `probability` repeat itself. */
  readonly seed?: number;
}

/** Where an effect strikes and what the emulator is told there. */
export interface Strike {
  readonly point: FaultPoint;
  readonly fault: Fault;
  /** Narrows the events of that point. */
  readonly type?: string;
}

const storageTexts = {
  full: "unable to create image: qemu-img: Could not write to the image: No space left on device",
  "read-only": "unable to create image: qemu-img: Could not create the image: Read-only file system",
} as const;

export function strikeOf(effect: FaultEffect): Strike {
  switch (effect.kind) {
    case "answer":
      return { point: "request", fault: { status: effect.status, reason: effect.reason } };
    case "delay":
      return { point: "request", fault: { delayMs: effect.ms } };
    case "drop":
      return { point: effect.when === "before" ? "request" : "response", fault: { drop: true } };
    case "no-worker":
      return { point: "fork", fault: { lost: true } };
    case "lost-task":
      return { point: "task", fault: { lost: true } };
    case "failed-task":
      return { point: "task", fault: { error: effect.text } };
    case "storage":
      return { point: "storage", type: "write", fault: { error: storageTexts[effect.state] } };
    case "held-lock":
      return { point: "lock", fault: {} };
    case "ssh-refused":
      return { point: "ssh", fault: { drop: true } };
    case "ssh-cut":
      return { point: "ssh", fault: { cutAfterBytes: effect.afterBytes } };
    case "late-cleanup":
      return { point: "cleanup", fault: { delayMs: effect.holdMs } };
    case "stale-metrics":
      return { point: "metrics", fault: {} };
  }
}
