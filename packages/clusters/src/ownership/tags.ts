import { madeUnder, stableMark, tenantTag, urnFrom } from "@coppice/core";
import { stackOf } from "./ownership-mark.ts";

/** Carried by everything that Coppice makes, for people who look for it. */
const ANY = "coppice";

/** The tag by which a resource finds its own machines in one reading of the cluster. */
export function markTag(mark: string): string {
  return `cp-${mark}`;
}

/** Those of tags that are of marks, whoever's. */
export function markTagsIn(tags: readonly string[]): string[] {
  return tags.filter((tag) => /^cp-[0-9a-f]{10}$/.test(tag));
}

/** The tag of a class's generations that wait for their last disk to leave; the pool of the class finds them by it. */
export function retiredTag(urn: string, className: string): string {
  const { stack, project, origin } = stackOf(urn);
  const parts = [stack, project, className, ...(origin === undefined ? [] : [origin])];
  return `${RETIRED}${stableMark(parts, 8)}`;
}

/** A class from before its state's home had an id gets generations that retire under that id. */
export function retiredTagsOf(
  { urn, origin }: { readonly urn: string; readonly origin?: string | undefined },
  className: string,
): string[] {
  const today = urnFrom(origin, madeUnder(urn).urn);
  return [...new Set([urn, today])].map((made) => retiredTag(made, className));
}

const RETIRED = "coppice-retired-";

/** The tags of a machine or template of ours, and those that a class adds. */
export function ownTags(mark: string, more: readonly string[] = []): string[] {
  return [ANY, markTag(mark), ...more];
}

/** What decides on tags beside the mark. */
export interface TagWishes {
  readonly tenant?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** The tags that something of ours has from its description. */
export function wishedTags({ tenant, tags = [] }: TagWishes): string[] {
  return tenant === undefined ? [...tags] : [tenantTag(tenant), ...tags];
}

/** The tags of a generation of ours that waits for its last disk to leave. */
export function retiredTags(mark: string, urn: string, className: string, wishes: TagWishes = {}): string[] {
  return ownTags(mark, [retiredTag(urn, className), ...wishedTags(wishes)]);
}

/** Whether tags say that Coppice made a guest, whoever runs it. */
export function isTaggedOurs(tags: readonly string[]): boolean {
  return tags.includes(ANY);
}

/** Whether tags say that a generation waits for its last disk to leave. */
export function isTaggedRetired(tags: readonly string[]): boolean {
  return tags.some((tag) => tag.startsWith(RETIRED));
}
