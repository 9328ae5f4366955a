import { unknownValue } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import type { Description } from "../documents/description.ts";
import type { StackVerdict } from "./stack-verdict.ts";

/**
 * What is previewed of documents whose Proxmox pool a document of the same order makes: it is not there yet when they are
 * previewed, and will be when they are made.
 */
export function withNewPools(
  previewed: readonly Description[],
  {
    cluster,
    given,
    stacks,
  }: { cluster: string; given: readonly SpecDocument[]; stacks: readonly StackVerdict[] },
): Description[] {
  const own = stacks.filter((stack) => stack.cluster === cluster).flatMap(({ verdict }) => verdict.documents);
  const made = own.filter(({ kind, change }) => kind === "Pool" && change === "create");
  const names = new Set(made.map(({ name }) => name));
  const pools = given.filter(
    (each) => each.kind === "Pool" && each.cluster === cluster && names.has(each.name),
  );
  const fresh = new Set(pools.map(({ inputs }) => inputs["poolid"]));
  return previewed.map((each) =>
    fresh.has(each.inputs["pool"]) ? { ...each, inputs: { ...each.inputs, pool: unknownValue } } : each,
  );
}
