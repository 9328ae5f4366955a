import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "@coppice/emulator";
import { type CrashLab, FOREIGN } from "./crash-lab.ts";

/** What there is on the cluster, as far as a class may have changed it. */
export interface Standing {
  /** Every machine's name, by number. */
  readonly machines: Readonly<Record<number, string>>;
  /** First disk of every seat, by number. */
  readonly disks: Readonly<Record<number, string>>;
  /** Former disks, by number. */
  readonly former: Readonly<Record<number, string>>;
  /** What the emulator finds wrong: orphans, locks, tasks that run. */
  readonly wrong: readonly string[];
  /** Folders of disks without a machine, and marks of work in flight. */
  readonly litter: readonly string[];
  /** Configuration and disk of the foreign machine, hashed. */
  readonly foreign: string;
}

/** Looks at everything. */
export async function whatStands({ cluster }: CrashLab): Promise<Standing> {
  const { emulator, control } = cluster;
  const configs = configsOf(emulator);
  const valueOf = (key: string) =>
    Object.fromEntries(
      [...configs].flatMap(([vmid, text]) => {
        const value = new RegExp(`^${key}: (?:none,)?([^,\n]+)`, "m").exec(text)?.[1];
        return value === undefined ? [] : [[vmid, value]];
      }),
    );
  return {
    machines: valueOf("name"),
    disks: valueOf("scsi0"),
    former: valueOf("unused0"),
    wrong: await control.check(),
    litter: litterOf(emulator, configs),
    foreign: foreignOf(emulator, configs),
  };
}

function configsOf({ cluster: { files, nodes } }: Emulator): Map<number, string> {
  const found = [...nodes.keys()].flatMap((node) =>
    files
      .list(`nodes/${node}/qemu-server`)
      .map(
        (name) => [Number.parseInt(name, 10), files.read(`nodes/${node}/qemu-server/${name}`) ?? ""] as const,
      ),
  );
  return new Map(found.sort(([one], [other]) => one - other));
}

const imagesOf = ({ cluster }: Emulator): string => join(cluster.data, "shared", "nas", "images");

function litterOf(emulator: Emulator, configs: ReadonlyMap<number, string>): string[] {
  const images = imagesOf(emulator);
  if (!existsSync(images)) return [];
  const folders = readdirSync(images).filter((name) => !configs.has(Number(name)));
  const marks = readdirSync(images, { recursive: true, encoding: "utf8" });
  return [...folders, ...marks.filter((name) => name.includes(".coppice"))];
}

function foreignOf(emulator: Emulator, configs: ReadonlyMap<number, string>): string {
  const folder = join(imagesOf(emulator), String(FOREIGN));
  const hash = createHash("sha256").update(configs.get(FOREIGN) ?? "");
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}
