import { type Hardware, parseMemoryMiB } from "@coppice/core";

/** A value of a machine's configuration for each field of `hardware`; undefined where the template's counts. */
export function hardwareParameters({
  cores,
  memory,
  vga,
}: Hardware = {}): Readonly<Record<keyof Hardware, string | number | undefined>> {
  return { cores, memory: memory === undefined ? undefined : parseMemoryMiB(memory), vga };
}
