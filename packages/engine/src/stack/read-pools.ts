import { isProperties, type OverlayPoolState, type Properties, readOverlayPoolState } from "@coppice/core";
import type { StackName } from "../lease/stack-place.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { readState } from "./read-stack.ts";

/** The recorded state of every document's pool of seats, by the document's name. */
export async function readPools(
  options: EngineOptions,
  name: StackName,
): Promise<Readonly<Record<string, OverlayPoolState>>> {
  const { resources } = await readState(options, name);
  const pools = (Array.isArray(resources) ? resources.filter(isProperties) : []).flatMap(poolOf);
  return Object.fromEntries(pools);
}

/** A pool is called as its document, but for a teacher's. */
function poolOf({ urn, outputs, parent }: Properties): (readonly [string, OverlayPoolState])[] {
  if (typeof urn !== "string" || typeof parent !== "string" || !isProperties(outputs)) return [];
  const name = urn.split("::").at(-1) ?? "";
  const isOwn = urn.includes("$coppice:index:OverlayPool::") && parent.endsWith(`::${name}`);
  return isOwn ? [[name, readOverlayPoolState(outputs)]] : [];
}
