import type { MachineConfig } from "@coppice/core";
import { networkKeys, parseConfigLine } from "./drive.ts";

/** Where a class wants the first card of its machines. */
export interface CardPlace {
  readonly bridge?: string;
  readonly tag?: number;
}

/** A network card of a machine. */
export interface NetworkCard {
  readonly key: string;
  /** As the template has it. */
  readonly line: string;
  /** What the class wants otherwise. */
  readonly move: CardPlace;
}

/**
 * The network cards of a machine, of which a class moves the first: further ones belong to the template's own layout. A
 * class that names a bridge wants a card, so a template without any gets its first one, which is virtio's.
 */
export function networkCards(config: MachineConfig, network: CardPlace = {}): NetworkCard[] {
  const { bridge, tag } = network;
  const move = { ...(bridge && { bridge }), ...(tag && { tag }) };
  const keys = networkKeys(config);
  if (keys.length === 0) return bridge ? [{ key: "net0", line: "virtio", move }] : [];
  return keys.map((key, card) => ({ key, line: String(config[key]), move: card === 0 ? move : {} }));
}

/** The bridge and the VLAN of a card, as far as it has them. */
export function placeOfCard({ line, move }: NetworkCard): {
  readonly bridge: string | undefined;
  readonly tag: string | undefined;
} {
  const { options } = parseConfigLine(line);
  const valueOf = (key: string) =>
    options.find((option) => option.startsWith(`${key}=`))?.slice(key.length + 1);
  return { bridge: move.bridge ?? valueOf("bridge"), tag: move.tag?.toString() ?? valueOf("tag") };
}
