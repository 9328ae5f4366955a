import { volumes } from "../../storage/volumes/volumes.ts";
import type { ApiCommand } from "./api-commands.ts";
import { asRows, cell } from "./as-record.ts";
import type { Command, CommandArgs, CommandContext } from "./command-context.ts";

const storages = "/nodes/{node}/storage";

function printStatus({ output }: CommandContext, answer: unknown): void {
  const rows = asRows(answer).sort((a, b) => (cell(a["storage"]) < cell(b["storage"]) ? -1 : 1));
  const width = Math.max(4, ...rows.map((row) => cell(row["storage"]).length));
  const line = (cells: readonly string[]) => {
    const [name = "", type = "", status = "", total = "", used = "", free = "", part = ""] = cells;
    const sizes = [total, used, free].map((size) => size.padStart(15)).join(" ");
    return `${name.padEnd(width)} ${type.padStart(10)} ${status.padStart(10)} ${sizes} ${part.padStart(8)}\n`;
  };
  output.out(line(["Name", "Type", "Status", "Total", "Used", "Available", "%"]));
  for (const row of rows) {
    const [total, used, avail] = ["total", "used", "avail"].map((key) => Number(row[key] ?? 0));
    const part = total === undefined || total === 0 ? 0 : ((used ?? 0) * 100) / total;
    const status = row["enabled"] !== 1 ? "disabled" : row["active"] === 1 ? "active" : "inactive";
    const sizes = [total, used, avail].map((size) => String(Math.floor((size ?? 0) / 1024)));
    output.out(
      line([
        cell(row["storage"]),
        cell(row["type"]),
        status,
        ...sizes,
        row["enabled"] === 1 ? `${part.toFixed(2)}%` : "N/A",
      ]),
    );
  }
}

function printContent({ output }: CommandContext, answer: unknown): void {
  const rows = asRows(answer);
  if (rows.length === 0) return;
  const width = Math.max(5, ...rows.map((row) => cell(row["volid"]).length));
  const sizeWidth = Math.max(4, ...rows.map((row) => cell(row["size"]).length));
  const line = (volid: string, format: string, type: string, size: string, vmid: string) =>
    `${volid.padEnd(width)} ${format.padEnd(7)} ${type.padEnd(9)} ${size.padStart(sizeWidth)} ${vmid}`;
  output.out(`${line("Volid", "Format", "Type", "Size", "VMID")}\n`);
  for (const row of rows) {
    const [volid = "", format = "", type = "", size = ""] = ["volid", "format", "content", "size"].map(
      (key) => cell(row[key]),
    );
    output.out(`${line(volid, format, type, size, cell(row["vmid"])).trimEnd()}\n`);
  }
}

/** The subcommands of `pvesm` that are one API call (pve-storage 9.1.7, PVE/CLI/pvesm.pm). */
export const pvesmCommands: Readonly<Record<string, ApiCommand>> = {
  status: { method: "GET", path: storages, positions: [], print: printStatus },
  list: { method: "GET", path: `${storages}/{storage}/content`, positions: ["storage"], print: printContent },
  alloc: {
    method: "POST",
    path: `${storages}/{storage}/content`,
    positions: ["storage", "vmid", "filename", "size"],
    print: ({ output }, answer) => output.out(`successfully created '${cell(answer)}'\n`),
  },
  add: { method: "POST", path: "/storage", positions: ["type", "storage"] },
  set: { method: "PUT", path: "/storage/{storage}", positions: ["storage"] },
  remove: { method: "DELETE", path: "/storage/{storage}", positions: ["storage"] },
};

/** `pvesm path`: the safe way from a volume id to a file. */
async function path(context: CommandContext, [volid = ""]: CommandArgs): Promise<number> {
  context.output.out(`${volumes(context.cluster).guestPath(context.node, volid)}\n`);
  return 0;
}

async function free(context: CommandContext, [volid = ""]: CommandArgs): Promise<number> {
  const log = (line: string) => context.output.err(`${line}\n`);
  await volumes(context.cluster).free(context.node, volid, log);
  context.output.out(`Removed volume '${volid}'\n`);
  return 0;
}

/** The subcommands of `pvesm` that do not go through the API. */
export const pvesmSpecial: Readonly<Record<string, Command>> = { path, free };
