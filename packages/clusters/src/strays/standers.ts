import { volumeKey } from "../storage/volume-names.ts";
import type { Sight } from "./sight.ts";

/** How many disks stand on each template, by its number. */
export type Standers = ReadonlyMap<number, number>;

/** Counts the disks that stand on templates: by their files where storages tell, else by the machines that name them. */
export function standersOn({ folders, guests }: Sight): Standers {
  const bases = new Map<string, number>();
  for (const { files } of folders)
    for (const { volume, standsOn } of files)
      if (standsOn !== undefined) bases.set(volumeKey(volume), standsOn);
  const counts = new Map<number, number>();
  const count = (base: number) => counts.set(base, (counts.get(base) ?? 0) + 1);
  for (const base of bases.values()) count(base);
  for (const { config } of guests.values())
    for (const [key, base] of config?.standsOn ?? []) if (!bases.has(key)) count(base);
  return counts;
}
