import { unknownValue } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import type { Description } from "../documents/description.ts";
import type { StackVerdict } from "./stack-verdict.ts";

/**
 * What is previewed of documents whose Proxmox pool or tenant a document of the same order makes: it is not there yet when
 * they are previewed, and will be when they are made.
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
  const made = (kind: string) => {
    const names = own
      .filter((each) => each.kind === kind && each.change === "create")
      .map(({ name }) => name);
    return given.filter(
      (each) => each.kind === kind && each.cluster === cluster && names.includes(each.name),
    );
  };
  const pools = new Set(made("Pool").map(({ inputs }) => inputs["poolid"]));
  const tenants = new Set<unknown>(made("TenantQuota").map(({ name }) => name));
  return previewed.map((each) => {
    const { tenant, ...inputs } = each.inputs;
    if (tenants.has(tenant)) return { ...each, inputs: { ...inputs, pool: unknownValue } };
    return pools.has(inputs["pool"]) ? { ...each, inputs: { ...each.inputs, pool: unknownValue } } : each;
  });
}
