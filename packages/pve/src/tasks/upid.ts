import { PveError } from "../errors/pve-error.ts";

/** The parts of a UPID that matter to us. */
export interface Upid {
  readonly text: string;
  readonly node: string;
  readonly type: string;
  /** The guest or volume that it is about; may be empty. */
  readonly id: string;
  readonly user: string;
}

/** `UPID:<node>:<pid>:<pstart>:<start>:<type>:<id>:<user>:`, numbers in hex (pve-common, UPID.pm). */
const form =
  /^UPID:([A-Za-z0-9][A-Za-z0-9-]*):[0-9A-F]{8,}:[0-9A-F]{8,9}:[0-9A-F]{8}:([^:\s]+):([^:\s]*):([^:\s]+):$/i;

/** Reads a UPID. */
export function parseUpid(text: string): Upid {
  const [, node, type, id, user] = form.exec(text) ?? [];
  if (node === undefined || type === undefined || id === undefined || user === undefined) {
    throw new PveError("pve.bad-response", { what: `${JSON.stringify(text.slice(0, 120))} is not a UPID` });
  }
  return { text, node, type, id, user };
}

/** Whether a text is a UPID. */
export function isUpid(text: unknown): text is string {
  return typeof text === "string" && form.test(text);
}
