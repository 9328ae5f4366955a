import { type OpenCluster, wishedTags } from "@coppice/clusters";
import type { BaseGenerationState } from "@coppice/core";
import { putGuestConfig, readGuestConfig } from "@coppice/pve";

/** Gives a generation's copies the tag of the tenant that it names, in place of the one that it named before. */
export async function retagCopies(
  { owned, copies, tenant }: BaseGenerationState,
  former: string | undefined,
  { client }: OpenCluster,
): Promise<void> {
  if (!owned || tenant === former) return;
  const dropped = new Set(wishedTags({ tenant: former }));
  for (const [node, { vmid }] of Object.entries(copies)) {
    const place = { node, vmid };
    const { tags } = await readGuestConfig(client, place);
    const kept = tags.filter((tag) => !dropped.has(tag));
    const wanted = new Set([...kept, ...wishedTags({ tenant })]);
    await putGuestConfig(client, place, { tags: [...wanted].join(";") });
  }
}
