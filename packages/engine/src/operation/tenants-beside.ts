import type { SpecDocument } from "@coppice/spec";
import { isTenantQuota } from "../documents/is-tenant-quota.ts";
import type { StackName } from "../lease/stack-place.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { stackKey, tenantStack } from "../stack/document-stack.ts";
import { readStack } from "../stack/read-stack.ts";
import type { StackVerdict } from "./stack-verdict.ts";

/**
 * What tenants have that are given without any document of theirs: no preview comes to such a stack. Of other tenants
 * nothing is said, since another folder may describe them.
 *
 * @param stacks those that a preview came to
 */
export async function tenantsBeside(
  options: EngineOptions,
  given: readonly SpecDocument[],
  stacks: readonly StackName[],
): Promise<StackVerdict[]> {
  const seen = new Set(stacks.map(stackKey));
  const own = given.filter(isTenantQuota);
  const unseen = own
    .map(({ cluster, name }) => tenantStack(cluster, name))
    .filter((name) => !seen.has(stackKey(name)));
  const read = unseen.map(async ({ project, stack, cluster }): Promise<StackVerdict> => {
    const { documents: others } = await readStack(options, { project, stack });
    const verdict = { documents: [], refusals: [], warnings: [] };
    return { project, stack, cluster, verdict, others, former: [] };
  });
  return (await Promise.all(read)).filter(({ others }) => others.length > 0);
}
