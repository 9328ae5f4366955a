import { CoppiceError } from "../errors/coppice-error.ts";

/**
 * What a name names. Tenant, cluster and class names are short so that `<class>-<seat>` still is one
 * DNS label, which is what Proxmox takes as a guest's name.
 */
export type NameKind = "tenant" | "cluster" | "class" | "seat" | "guest" | "template" | "plan";

/** Longest name of each kind: 32 + "-" + 30 = 63, the longest DNS label (RFC 1035, 2.3.4). */
const longest: Readonly<Record<NameKind, number>> = {
  tenant: 32,
  cluster: 32,
  class: 32,
  seat: 30,
  guest: 63,
  template: 63,
  plan: 32,
};

/** How many characters a name of this kind can have. */
export function longestName(kind: NameKind): number {
  return longest[kind];
}

/**
 * Why a text cannot be a name of this kind, or nothing if it can. A name is one lower-case DNS label:
 * letters, digits and hyphens, a letter or digit at both ends. Proxmox itself also takes capitals and
 * dots (`dns-name` in pve-common's JSONSchema.pm); names that differ only in case would be one host
 * name, and a dot would put a guest into another DNS zone.
 */
export function findNameProblem(kind: NameKind, text: string): string | undefined {
  if (text === "") return "it is empty";
  if (text.length > longest[kind])
    return `it has ${text.length} characters, at most ${longest[kind]} are possible`;
  if (/[^a-z0-9-]/.test(text)) return "only lower-case letters a-z, digits and hyphens are possible";
  if (/^-|-$/.test(text)) return "it must begin and end with a letter or a digit";
  // The one name among these that every object of JavaScript knows: things are kept by their names.
  if (text === "constructor") return "it is a word of JavaScript";
  return undefined;
}

/**
 * Returns the name if it is one, else refuses with the reason and a name that would do.
 *
 * @example parseName("class", "rust-101")
 */
export function parseName(kind: NameKind, text: string): string {
  const why = findNameProblem(kind, text);
  if (why === undefined) return text;
  const proposal = proposeName(kind, text);
  throw new CoppiceError("name.invalid", {
    what: `${JSON.stringify(text.slice(0, 80))} cannot be the name of a ${kind}`,
    why,
    wayOut: proposal ? `"${proposal}" would do` : 'Choose a name like "rust-101"',
  });
}

/** The nearest text that can be a name of this kind; empty when nothing is left of the text. */
export function proposeName(kind: NameKind, text: string): string {
  const plain = text
    .slice(0, 200)
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
  const label = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-/, "");
  if (label === "constructor") return `${label}-1`;
  return label.slice(0, longest[kind]).replace(/-+$/, "");
}
