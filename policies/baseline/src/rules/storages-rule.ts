import { type AllowedNames, allowedNames, foreignNames } from "./allowed-names.ts";
import type { Described, Rule } from "./rule.ts";

/** Disks lie only where they are meant to. */
export const storagesRule: Rule<AllowedNames> = {
  name: "storages",
  description: "Disks lie on allowed storages only.",
  settings: allowedNames("Storages; `lab-*` stands for all with that beginning. Any when absent."),
  find: {
    OverlayPool: (inputs, { settings }) =>
      foreignNames(`Class "${inputs.class}" has disks on storage`, () => storagesOf(inputs), settings),
    BaseGeneration: ({ class: of, storage }, { settings }) =>
      foreignNames(`Class "${of}" has its base on storage`, () => [storage], settings),
  },
};

function storagesOf({ base: { storage }, dataDisk }: Described["OverlayPool"]): string[] {
  return [storage, dataDisk?.storage ?? storage];
}
