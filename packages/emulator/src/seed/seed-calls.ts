import type { Method } from "../api/call.ts";
import type { SeedEntry, SeedSection } from "./seed-document.ts";
import { seedError } from "./seed-error.ts";

/** The API call that makes an entry. */
export interface SeedCall {
  readonly method: Method;
  readonly path: string;
  /** Options that the call does not get: they are ours, or part of the path. */
  readonly own: readonly string[];
  readonly more: ReadonlyMap<string, string>;
}

/** How entries of a section are called, and by which option. */
export const seedKinds: Readonly<Record<SeedSection, { readonly kind: string; readonly key: string }>> = {
  storages: { kind: "storage", key: "storage" },
  roles: { kind: "role", key: "roleid" },
  groups: { kind: "group", key: "groupid" },
  users: { kind: "user", key: "userid" },
  pools: { kind: "pool", key: "poolid" },
  acl: { kind: "access rule", key: "path" },
  guests: { kind: "guest", key: "vmid" },
};

const paths: Readonly<Record<Exclude<SeedSection, "guests" | "acl">, string>> = {
  storages: "/storage",
  roles: "/access/roles",
  groups: "/access/groups",
  users: "/access/users",
  pools: "/pools",
};

/** What names an entry: the option that every entry of its section has. */
export function seedName(section: SeedSection, entry: SeedEntry): string {
  const { key, kind } = seedKinds[section];
  const option = entry.options.get(key);
  if (option === undefined)
    throw seedError(entry.place, `this ${kind} has no '${key}'`, `expected '${key}: …'`);
  return option.text;
}

/** The call that makes an entry; `templateNode` finds the node of a guest that is cloned. */
export function seedCall(
  section: SeedSection,
  entry: SeedEntry,
  templateNode: (vmid: string) => string | undefined,
): SeedCall {
  if (section === "acl") return { method: "PUT", path: "/access/acl", own: [], more: new Map() };
  if (section !== "guests") return { method: "POST", path: paths[section], own: [], more: new Map() };
  const node = entry.options.get("node");
  if (node === undefined)
    throw seedError(entry.place, "this guest has no 'node'", "expected 'node: pve1' or another node's name");
  const source = entry.options.get("clone");
  if (source === undefined)
    return { method: "POST", path: `/nodes/${node.text}/qemu`, own: ["node", "template"], more: new Map() };
  const home = templateNode(source.text);
  if (home === undefined)
    throw seedError(
      source.place,
      `there is no guest ${source.text} to clone`,
      "expected a vmid that stands further up or 9000",
    );
  const more = new Map([
    ["newid", seedName(section, entry)],
    ...(home === node.text ? [] : [["target", node.text] as const]),
  ]);
  return {
    method: "POST",
    path: `/nodes/${home}/qemu/${source.text}/clone`,
    own: ["node", "clone", "vmid", "template", "start"],
    more,
  };
}
