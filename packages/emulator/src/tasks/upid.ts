export interface Upid {
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  readonly startTime: number;
  readonly type: string;
  readonly id: string;
  /** `user@realm` or `user@realm!token`. */
  readonly authid: string;
}

/** `UPID:<node>:<pid>:<pstart>:<start>:<type>:<id>:<user>:` (pve-common, PVE/UPID.pm). */
export function formatUpid(upid: Upid): string {
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, "0");
  const numbers = `${hex(upid.pid)}:${hex(upid.pstart)}:${hex(upid.startTime)}`;
  return `UPID:${upid.node}:${numbers}:${upid.type}:${encodeId(upid.id)}:${upid.authid}:`;
}

const pattern =
  /^UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\s]+):([^:\s]*):([^:\s]+):$/;

/** Reads a UPID; undefined when it is not one. */
export function parseUpid(text: string): Upid | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, node = "", pid = "", pstart = "", start = "", type = "", id = "", authid = ""] = match;
  const hex = (value: string) => Number.parseInt(value, 16);
  return { node, pid: hex(pid), pstart: hex(pstart), startTime: hex(start), type, id: decodeId(id), authid };
}

/** Characters that a UPID cannot hold are written as `\x3a` (pve-common, encode_upid escapes with systemd's rules). */
function encodeId(id: string): string {
  return id.replace(
    /[^a-zA-Z0-9_.@!~>-]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

function decodeId(id: string): string {
  return id.replace(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
