import type { MachineConfig } from "@coppice/core";
import type { Permissions } from "@coppice/pve";
import { type CardPlace, networkCards, placeOfCard } from "../guests/network-cards.ts";

/**
 * For each network card of a machine the paths of which one must grant SDN.Use; `network` moves the first card. Bridges
 * lie in the zone `localnetwork`, virtual networks in a zone that a token may not see: any zone that it has rights in
 * will do. A VLAN is one level more (pve-guest-common, check_vnet_access).
 */
export function networkPaths(
  config: MachineConfig,
  permissions: Permissions,
  network?: CardPlace,
): string[][] {
  return networkCards(config, network).flatMap((card) => {
    const { bridge, tag } = placeOfCard(card);
    return bridge === undefined ? [] : [bridgePaths(bridge, permissions, tag)];
  });
}

/** The paths of which one must grant SDN.Use for a bridge or virtual network. */
export function bridgePaths(bridge: string, permissions: Permissions, tag?: string): string[] {
  const zones = new Set(["localnetwork", ...zonesIn(permissions)]);
  return [...zones].map((zone) => `/sdn/zones/${zone}/${bridge}${tag === undefined ? "" : `/${tag}`}`);
}

function zonesIn(permissions: Permissions): string[] {
  return [...permissions.keys()].flatMap((path) => {
    const zone = /^\/sdn\/zones\/([^/]+)/.exec(path)?.[1];
    return zone === undefined ? [] : [zone];
  });
}
