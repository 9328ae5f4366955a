import { CoppiceError } from "@coppice/core";
import type { GuestBehaviour } from "../guests/running/running-guest.ts";
import type { NodeState } from "./control.ts";

const nodeFields = { online: "boolean", linked: "boolean", clockSkewMs: "number" } as const;
const behaviourFields = {
  cpuDemand: "number",
  memoryBytes: "number",
  system: "boolean",
  obeysShutdown: "boolean",
  bootMs: "number",
  shutdownMs: "number",
  agent: "boolean",
} as const;

/** Reads how a node shall be connected. */
export function parseNodeState(body: unknown): NodeState {
  // as: every field was checked against the table, which lists the fields of the type.
  return checked(body, nodeFields) as NodeState;
}

/** Reads what shall go on inside a guest. */
export function parseBehaviour(body: unknown): GuestBehaviour {
  // as: every field was checked against the table, which lists the fields of the type.
  return checked(body, behaviourFields) as GuestBehaviour;
}

/** Reads one number of a body; undefined when it is null or not there. */
export function parseNumber(body: unknown, name: string): number | undefined {
  const value = checked(body, { [name]: "number" })[name];
  return typeof value === "number" ? value : undefined;
}

function checked(body: unknown, fields: Readonly<Record<string, string>>): Record<string, unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw refused("an object was expected");
  for (const [name, value] of Object.entries(body)) {
    const type = fields[name];
    if (type === undefined) throw refused(`'${name}' is not known, only ${Object.keys(fields).join(", ")}`);
    if (typeof value !== type && value !== null) throw refused(`'${name}' is a ${type}`);
  }
  return { ...body };
}

function refused(why: string): CoppiceError {
  return new CoppiceError("emulator.control", { what: "the request's body was not understood", why });
}
