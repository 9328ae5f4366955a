import { PveError } from "../errors/pve-error.ts";
import { list, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

const parseStatus = list(shape({ type: text, name: optional(text), ip: optional(text) }));

/** Where each node says that it is reached, by its name. Empty for those without Sys.Audit on `/`, who are told nothing. */
export async function readNodeAddresses(caller: PveCaller): Promise<ReadonlyMap<string, string>> {
  try {
    const status = await caller.call({ method: "GET", path: "/cluster/status", parse: parseStatus });
    return new Map(
      status.flatMap(({ type, name, ip }) => (type === "node" && name && ip ? [[name, ip] as const] : [])),
    );
  } catch (error) {
    if (PveError.is(error, "pve.forbidden")) return new Map();
    throw error;
  }
}
