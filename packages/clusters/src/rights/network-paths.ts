import type { MachineConfig } from "@coppice/core";
import type { Permissions } from "@coppice/pve";
import { networkKeys, parseConfigLine } from "../guests/drive.ts";

/**
 * For each network card of a machine the paths of which one must grant SDN.Use; `network` moves the first card. Bridges
 * lie in the zone `localnetwork`, virtual networks in a zone that a token may not see: any zone that it has rights in
 * will do. A VLAN is one level more (pve-guest-common, check_vnet_access).
 */
export function networkPaths(
  config: MachineConfig,
  permissions: Permissions,
  network?: { readonly bridge?: string; readonly tag?: number },
): string[][] {
  return networkKeys(config).flatMap((key, card) => {
    const own = placeOf(String(config[key]));
    const bridge = (card === 0 ? network?.bridge : undefined) ?? own.bridge;
    const tag = (card === 0 ? network?.tag?.toString() : undefined) ?? own.tag;
    return bridge === undefined ? [] : [bridgePaths(bridge, permissions, tag)];
  });
}

/** The paths of which one must grant SDN.Use for a bridge or virtual network. */
export function bridgePaths(bridge: string, permissions: Permissions, tag?: string): string[] {
  const zones = new Set(["localnetwork", ...zonesIn(permissions)]);
  return [...zones].map((zone) => `/sdn/zones/${zone}/${bridge}${tag === undefined ? "" : `/${tag}`}`);
}

function placeOf(line: string): { readonly bridge: string | undefined; readonly tag: string | undefined } {
  const { options } = parseConfigLine(line);
  const valueOf = (key: string) =>
    options.find((option) => option.startsWith(`${key}=`))?.slice(key.length + 1);
  return { bridge: valueOf("bridge"), tag: valueOf("tag") };
}

function zonesIn(permissions: Permissions): string[] {
  return [...permissions.keys()].flatMap((path) => {
    const zone = /^\/sdn\/zones\/([^/]+)/.exec(path)?.[1];
    return zone === undefined ? [] : [zone];
  });
}
