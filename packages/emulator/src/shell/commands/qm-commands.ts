import type { ApiCommand } from "./api-commands.ts";
import { asRecord, asRows, cell } from "./as-record.ts";
import type { CommandContext } from "./command-context.ts";
import { printSnapshots } from "./print-snapshots.ts";

const guests = "/nodes/{node}/qemu";
const guest = `${guests}/{vmid}`;

function printList({ output }: CommandContext, answer: unknown): void {
  const rows = asRows(answer).sort((a, b) => Number(a["vmid"]) - Number(b["vmid"]));
  if (rows.length === 0) return;
  const line = (cells: readonly string[]) => {
    const [vmid = "", name = "", status = "", memory = "", disk = "", pid = ""] = cells;
    return `${vmid.padStart(10)} ${name.padEnd(20)} ${status.padEnd(10)} ${memory.padEnd(10)} ${disk.padStart(12)} ${pid.padEnd(10)}\n`;
  };
  output.out(line(["VMID", "NAME", "STATUS", "MEM(MB)", "BOOTDISK(GB)", "PID"]));
  for (const row of rows) {
    const memory = String(Math.floor(Number(row["maxmem"] ?? 0) / 1024 ** 2));
    const disk = (Number(row["maxdisk"] ?? 0) / 1024 ** 3).toFixed(2);
    output.out(
      line([cell(row["vmid"]), cell(row["name"]), cell(row["status"]), memory, disk, cell(row["pid"] ?? 0)]),
    );
  }
}

function printConfig({ output }: CommandContext, answer: unknown): void {
  for (const [key, value] of Object.entries(asRecord(answer)).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (key === "digest") continue;
    output.out(`${key}: ${key === "description" ? encodeText(cell(value)) : cell(value)}\n`);
  }
}

function printPending({ output }: CommandContext, answer: unknown): void {
  for (const row of asRows(answer)) {
    const { key, value, pending } = row;
    const text = (item: unknown) => (key === "description" ? encodeText(cell(item)) : cell(item));
    if (row["delete"] !== undefined) output.out(`del ${cell(key)}: ${text(value)}\n`);
    else if (pending !== undefined) {
      if (value !== undefined) output.out(`cur ${cell(key)}: ${text(value)}\n`);
      output.out(`new ${cell(key)}: ${text(pending)}\n`);
    } else output.out(`cur ${cell(key)}: ${text(value)}\n`);
  }
}

function printStatus({ output }: CommandContext, answer: unknown): void {
  output.out(`status: ${cell(asRecord(answer)["status"])}\n`);
}

/** Line ends, `:` and `%` in a value (pve-common, Tools.pm encode_text). */
function encodeText(text: string): string {
  return text.replace(/[\x00-\x1f%:\x80-\uffff]/g, (sign) =>
    [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
}

const move: ApiCommand = {
  method: "POST",
  path: `${guest}/move_disk`,
  positions: ["vmid", "disk", "storage"],
};
const resize: ApiCommand = {
  method: "PUT",
  path: `${guest}/resize`,
  positions: ["vmid", "disk", "size"],
  ignoresTask: true,
};
const unlink: ApiCommand = { method: "PUT", path: `${guest}/unlink`, positions: ["vmid"] };
const power = (verb: string): ApiCommand => ({
  method: "POST",
  path: `${guest}/status/${verb}`,
  positions: ["vmid"],
});

/** The subcommands of `qm` that are one API call (qemu-server 9.2.6, PVE/CLI/qm.pm). */
export const qmCommands: Readonly<Record<string, ApiCommand>> = {
  list: { method: "GET", path: guests, positions: [], print: printList },
  create: { method: "POST", path: guests, positions: ["vmid"] },
  set: {
    method: "PUT",
    path: `${guest}/config`,
    positions: ["vmid"],
    announce: ({ output }, args) => {
      const options = [...args]
        .filter(([name]) => name !== "vmid")
        .map(([name, value]) => `-${name} ${value}`);
      if (options.length > 0) output.out(`update VM ${args.get("vmid")}: ${options.join(" ")}\n`);
    },
  },
  config: { method: "GET", path: `${guest}/config`, positions: ["vmid"], print: printConfig },
  pending: { method: "GET", path: `${guest}/pending`, positions: ["vmid"], print: printPending },
  status: { method: "GET", path: `${guest}/status/current`, positions: ["vmid"], print: printStatus },
  destroy: { method: "DELETE", path: guest, positions: ["vmid"] },
  clone: { method: "POST", path: `${guest}/clone`, positions: ["vmid", "newid"] },
  migrate: { method: "POST", path: `${guest}/migrate`, positions: ["vmid", "target"] },
  template: { method: "POST", path: `${guest}/template`, positions: ["vmid"], ignoresTask: true },
  start: power("start"),
  stop: power("stop"),
  shutdown: power("shutdown"),
  reboot: power("reboot"),
  reset: power("reset"),
  suspend: power("suspend"),
  resume: power("resume"),
  "disk move": move,
  "move-disk": move,
  move_disk: move,
  "disk resize": resize,
  resize,
  "disk unlink": unlink,
  unlink,
  snapshot: { method: "POST", path: `${guest}/snapshot`, positions: ["vmid", "snapname"] },
  delsnapshot: { method: "DELETE", path: `${guest}/snapshot/{snapname}`, positions: ["vmid", "snapname"] },
  rollback: {
    method: "POST",
    path: `${guest}/snapshot/{snapname}/rollback`,
    positions: ["vmid", "snapname"],
  },
  listsnapshot: { method: "GET", path: `${guest}/snapshot`, positions: ["vmid"], print: printSnapshots },
  "cloudinit dump": {
    method: "GET",
    path: `${guest}/cloudinit/dump`,
    positions: ["vmid", "type"],
    print: ({ output }, answer) => output.out(`${cell(answer)}\n`),
  },
  "cloudinit update": { method: "PUT", path: `${guest}/cloudinit`, positions: ["vmid"] },
  sendkey: { method: "PUT", path: `${guest}/sendkey`, positions: ["vmid", "key"] },
};
