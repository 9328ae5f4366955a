import type { Identity } from "../kernel/identity.ts";

/** A task as the work inside it sees it. */
export interface TaskRun {
  readonly upid: string;
  /** Aborted when the task is stopped by DELETE or the emulator stops. */
  readonly signal: AbortSignal;
  /** Adds a line to the task's log. */
  log(line: string): void;
  /** Adds a `WARN: …` line; the task ends as `WARNINGS: n`. */
  warn(line: string): void;
}

export interface TaskSubject {
  readonly node: { readonly name: string };
  readonly identity: Identity;
  /** `qmcreate`, `qmstart` … */
  readonly type: string;
  /** The guest's or storage's id; may be empty. */
  readonly id: string;
  /** Does what a worker has done that is killed in the midst of its work, and that nobody cleans up. */
  readonly leaves?: () => void;
}

/** What goes on inside a task. Throwing ends it with the error's text. */
export type TaskWork = (task: TaskRun) => Promise<void>;

/** One task, running or finished. */
export interface TaskRecord {
  readonly upid: string;
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  readonly startTime: number;
  readonly type: string;
  readonly id: string;
  readonly userid: string;
  readonly tokenid: string | undefined;
  readonly logPath: string;
  readonly leaves?: TaskSubject["leaves"] | undefined;
  endTime: number | undefined;
  /** `OK`, `WARNINGS: n`, the error's text, or undefined while it runs. */
  exitStatus: string | undefined;
  readonly abort: AbortController;
  /** Settles when the task has ended; never rejects. */
  readonly done: Promise<void>;
}
