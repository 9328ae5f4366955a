/**
 * What the recorder did by hand between two recorded lines: files it laid out, rights it granted over SSH. Found by what
 * the lines after it show; each step runs once, before the line it names.
 */
export interface Preparation {
  readonly group: string;
  /** Only on this version; both when missing. */
  readonly pve?: "8.4" | "9.2";
  /** The line before which it happens. */
  readonly before: number;
  /** Only when this group is not part of the corpus. */
  readonly unless?: string;
  readonly steps: readonly Step[];
}

/** One thing done by hand. */
export type Step =
  /** An API call as root. */
  | { readonly call: readonly ["POST" | "PUT" | "DELETE", string, Readonly<Record<string, string>>] }
  /** `qemu-img` in a folder of the first node, with paths as the node sees them. */
  | { readonly image: readonly string[]; readonly folder: string; readonly node?: string }
  /** Lines added to or, with a leading `-`, taken out of a file below /etc/pve. */
  | { readonly file: string; readonly edit: readonly string[] }
  /** The nodes' status daemons have made their round. */
  | { readonly statusRound: true }
  /** A command on a node. */
  | { readonly shell: string; readonly node: string }
  /** A file below /etc/pve taken away: what a plain folder let happen and pmxcfs would have refused. */
  | { readonly remove: string }
  /** A token made out of sight. */
  | { readonly token: readonly [owner: string, id: string] };
