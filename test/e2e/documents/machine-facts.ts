import { linkSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Emulator } from "@coppice/emulator";

/** A machine as its configuration says it. */
export interface MachineFacts {
  /** What is the same for every machine that is made by the same words. */
  readonly settings: Readonly<Record<string, string>>;
  /** What makes it this machine and no other. */
  readonly identity: string;
  /** Its disks by slot: which file each is, whatever it is called. */
  readonly disks: Readonly<Record<string, string>>;
}

/** Every machine but templates, by name, read from the cluster's files. */
export function machineFacts({ cluster: { data } }: Emulator): Map<string, MachineFacts> {
  const pools = readFileSync(join(data, "pve/user.cfg"), "utf8");
  const files = readdirSync(join(data, "pve/nodes")).flatMap((node) => {
    const folder = join(data, "pve/nodes", node, "qemu-server");
    return readdirSync(folder).map((file) => ({ vmid: basename(file, ".conf"), path: join(folder, file) }));
  });
  const machines = files.flatMap(({ vmid, path }) => {
    const config = readConfig(readFileSync(path, "utf8"));
    return config["template"] === "1" ? [] : [factsOf(data, { vmid, config, pools })];
  });
  return new Map(machines.sort(([one], [other]) => one.localeCompare(other)));
}

interface Found {
  readonly vmid: string;
  readonly config: Readonly<Record<string, string>>;
  readonly pools: string;
}

function factsOf(data: string, { vmid, config, pools }: Found): readonly [string, MachineFacts] {
  const { name = "", smbios1 = "", vmgenid: _changes, meta: _made, ...others } = config;
  const volumes = Object.entries(others).filter(
    ([slot, value]) => !slot.startsWith("unused") && /^nas:(?!.*media=cdrom)/.test(value),
  );
  const cards = Object.entries(others).flatMap(([field, value]) =>
    field.startsWith("unused") ? [] : [[field, value.replace(MAC, "virtio=")] as const],
  );
  const sizes = volumes.map(([slot, value]) => [slot, /size=\w+/.exec(value)?.[0] ?? ""] as const);
  const pool = new RegExp(`^pool:(\\w+):.*\\b${vmid}\\b`, "m").exec(pools)?.[1] ?? "";
  return [
    name,
    {
      settings: { vmid, pool, ...Object.fromEntries(cards), ...Object.fromEntries(sizes) },
      identity: `${smbios1} ${MAC.exec(config["net0"] ?? "")?.[0]}`,
      disks: Object.fromEntries(volumes.map(([slot, value]) => [slot, keptFile(data, value)])),
    },
  ];
}

const MAC = /virtio=[\dA-F:]{17}/;

/** Which file it is: a link beside it keeps its number from becoming another file's. */
function keptFile(data: string, drive: string): string {
  const volume = drive.split(",")[0]?.split(":")[1]?.split("/").slice(-2).join("/") ?? "";
  const path = join(data, "shared/nas/images", volume);
  const { ino } = statSync(path);
  const kept = join(data, "kept");
  mkdirSync(kept, { recursive: true });
  try {
    linkSync(path, join(kept, String(ino)));
  } catch {
    // It was seen before.
  }
  return String(ino);
}

function readConfig(text: string): Record<string, string> {
  const [own = ""] = text.split(/^\[/m);
  const lines = own.split("\n").filter((line) => /^\w+: /.test(line));
  return Object.fromEntries(lines.map((line) => [line.split(": ")[0] ?? "", line.replace(/^\w+: /, "")]));
}
