import type { AccidentName } from "./accident.ts";
import type { Moment } from "./moment.ts";

/** One operation, and an accident in it. */
export interface CrashCase {
  readonly operation: OperationName;
  readonly accident: AccidentName;
  /** Where it happens, in words and as the emulator sees it. */
  readonly where: string;
  readonly moment: Moment;
}

/** What is done to a class. */
export type OperationName = "create" | "resize" | "publish" | "reset" | "destroy";

const guests = /^\/nodes\/[^/]+\/qemu$/;
const config = /^\/nodes\/[^/]+\/qemu\/200\d\d\/config$/;
const guest = /^\/nodes\/[^/]+\/qemu\/200\d\d$/;
const creating = (at: "request" | "response", nth: number): Moment => ({
  at,
  method: "POST",
  path: guests,
  nth,
});
const changing = (at: "request" | "response", nth: number): Moment => ({
  at,
  method: "PUT",
  path: config,
  nth,
});
const removing = (at: "request" | "response", nth: number): Moment => ({
  at,
  method: "DELETE",
  path: guest,
  nth,
});
const cloning: Moment = { at: "response", method: "POST", path: /\/qemu\/9001\/clone$/ };
const converting: Moment = { at: "request", method: "POST", path: /\/template$/ };

const table: readonly (readonly [OperationName, AccidentName, string, Moment])[] = [
  ["create", "the engine is killed", "while disks are made", { disksOf: 20001 }],
  ["create", "the engine is killed", "at the second machine", creating("request", 2)],
  ["create", "engine and plugin are killed", "at the second machine", creating("request", 2)],
  ["create", "the plugin is killed", "while disks are made", { disksOf: 20001 }],
  ["create", "the plugin is killed", "when a machine was just made", creating("response", 1)],
  ["create", "Ctrl-C", "at the first machine", creating("request", 1)],
  ["create", "sshd is cut", "in a node's batch", { at: "ssh", nth: 2 }],
  ["create", "a node goes away", "at the first machine", creating("request", 1)],
  ["create", "the answer is lost", "of the second machine", creating("response", 2)],
  ["create", "no worker starts", "for the first machine", { at: "fork" }],
  ["resize", "the engine is killed", "at the new machine", creating("response", 1)],
  ["resize", "the plugin is killed", "while the disk is made", { disksOf: 20005 }],
  ["publish", "the engine is killed", "while the generation is cloned", cloning],
  ["publish", "the plugin is killed", "before the generation is a template", converting],
  ["publish", "the engine is killed", "when a seat was just changed", changing("response", 2)],
  ["publish", "the plugin is killed", "before the second seat is changed", changing("request", 3)],
  ["publish", "Ctrl-C", "at the first seat", changing("request", 2)],
  ["reset", "the plugin is killed", "when the seat was just changed", changing("response", 1)],
  ["reset", "the answer is lost", "of the change", changing("response", 1)],
  ["reset", "sshd is cut", "in the batch", { at: "ssh", nth: 1 }],
  ["destroy", "the engine is killed", "at the first machine", removing("request", 1)],
  ["destroy", "the plugin is killed", "at the second machine", removing("response", 2)],
  ["destroy", "Ctrl-C", "at the first machine", removing("request", 1)],
  ["destroy", "a node goes away", "at the first machine", removing("request", 1)],
  [
    "destroy",
    "quorum is lost",
    "before anything is removed",
    { at: "request", path: /^\/cluster\/resources$/ },
  ],
];

/** All cases. */
export const crashCases: readonly CrashCase[] = table.map(([operation, accident, where, moment]) => ({
  operation,
  accident,
  where,
  moment,
}));
