import { list, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** The virtual networks that we may see, each with the zone that it lies in. */
export async function listVnets(
  caller: PveCaller,
): Promise<readonly { readonly vnet: string; readonly zone: string | undefined }[]> {
  const parse = list(shape({ vnet: text, zone: optional(text) }));
  return await caller.call({ method: "GET", path: "/cluster/sdn/vnets", parse });
}
