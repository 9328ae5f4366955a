import type { BaseGenerationInputs, Generation } from "@coppice/core";
import type { Source } from "./find-source.ts";
import { inheritedConfig } from "./inherited-config.ts";
import { type SourceDisk, sourceDisks } from "./source-disks.ts";

/**
 * The generation that a template is by itself: every disk is a base on the wanted storage, and every wanted node
 * sees it. Undefined: it has to be copied.
 */
export function generationInPlace(
  inputs: BaseGenerationInputs,
  { guest, config }: Source,
  storage: { readonly shared: boolean },
  nodes: readonly string[],
): Generation | undefined {
  const disks = sourceDisks(config.values);
  const isVisible = storage.shared || nodes.every((node) => node === guest.node);
  if (!config.template || !isVisible || disks.length === 0) return undefined;
  if (!disks.every((disk) => isBase(disk, inputs.storage))) return undefined;
  return {
    number: inputs.number,
    storage: inputs.storage,
    shared: storage.shared,
    owned: false,
    copies: { [guest.node]: { vmid: guest.vmid, files: filesOf(disks) } },
    disks: disks.map(({ slot, format, size }) => ({ slot, format, size })),
    config: inheritedConfig(config.values),
  };
}

/** By slot, the files of a template's disks. */
export function filesOf(disks: readonly SourceDisk[]): Record<string, string> {
  return Object.fromEntries(disks.map(({ slot, file }) => [slot, file]));
}

/** A raw or vmdk disk is copied into qcow2 once; firmware state is raw by nature, and block storages have no files. */
function isBase({ slot, file, storage, format, volume }: SourceDisk, wanted: string): boolean {
  const isFirmware = slot === "efidisk0" || slot === "tpmstate0";
  const isBlock = !volume.includes("/");
  return storage === wanted && file.startsWith("base-") && (format === "qcow2" || isFirmware || isBlock);
}
