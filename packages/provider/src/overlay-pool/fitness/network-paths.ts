import type { Permissions } from "@coppice/pve";
import type { OverlayPoolInputs } from "../pool-inputs.ts";
import type { PoolRun } from "../run/pool-run.ts";
import { parseConfigLine } from "../seat/drive.ts";
import { networkKeys } from "../seat/seat-machine.ts";

/**
 * For each network card of a seat the paths of which one must grant SDN.Use. Bridges lie in the zone `localnetwork`,
 * virtual networks in a zone that a token may not see: any zone that it has rights in will do. A VLAN is one level more
 * (pve-guest-common, check_vnet_access).
 */
export function networkPaths(
  { base, network }: Pick<OverlayPoolInputs, "base" | "network">,
  madeBy: PoolRun["madeBy"],
  permissions: Permissions,
): string[][] {
  const cards = networkKeys(base.config).map((key) => placeOf(String(base.config[key])));
  const [first, ...others] = cards;
  const moved = first && {
    bridge: network?.bridge ?? first.bridge,
    tag: network?.tag?.toString() ?? first.tag,
  };
  // A clone has the template's cards before it gets its own.
  const all = [...(moved ? [moved] : []), ...others, ...(madeBy === "linked" && first ? [first] : [])];
  const zones = new Set(["localnetwork", ...zonesIn(permissions)]);
  const groups = all.flatMap(({ bridge, tag }) => {
    if (bridge === undefined) return [];
    return [[...zones].map((zone) => `/sdn/zones/${zone}/${bridge}${tag === undefined ? "" : `/${tag}`}`)];
  });
  return [...new Map(groups.map((paths) => [paths[0], paths])).values()];
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
