import type { PolicyConfigSchema } from "@pulumi/policy";
import { isAmong } from "./allowed-names.ts";
import type { Rule } from "./rule.ts";

interface TagSettings {
  readonly required?: readonly string[];
  readonly add?: readonly string[];
}

type TextsSchema = PolicyConfigSchema["properties"][string];

const texts = (description: string, standard: readonly string[]): TextsSchema => ({
  type: "array",
  items: { type: "string", minLength: 1 },
  description,
  default: [...standard],
});

/** Whoever finds a machine in Proxmox sees by its tags whom to ask. */
export const tagsRule: Rule<TagSettings> = {
  name: "tags",
  description: "Every class carries the tags that machines must have.",
  settings: {
    required: texts("Tags that must be there; `owner-*` stands for any with that beginning.", ["owner-*"]),
    add: texts("Tags that are added where they are missing, at the level `remediate`.", []),
  },
  find: {
    OverlayPool: ({ class: of, tags = [] }, { settings: { required = [] } }) =>
      missing(required, tags).map((tag) => `Class "${of}" has no tag ${nameOf(tag)}. Add it to 'tags'`),
  },
  mend: ({ tags = [] }, { settings: { add = [] } }) => {
    const more = missing(add, tags);
    return more.length > 0 ? { tags: [...tags, ...more] } : undefined;
  },
};

function missing(wanted: readonly string[], tags: readonly string[]): string[] {
  return wanted.filter((one) => !tags.some((tag) => isAmong(tag, [one])));
}

function nameOf(tag: string): string {
  return tag.endsWith("*") ? `that begins with "${tag.slice(0, -1)}"` : `"${tag}"`;
}
