/**
 * The kinds of guests: virtual machines and containers. What both share lies here (Proxmox: pve-guest-common), what is
 * one kind's own in a folder of its name.
 */
export type GuestKind = "qemu" | "lxc";

/** How Proxmox names a kind. */
export interface KindNames {
  /** In messages. */
  readonly word: string;
  /** The folder of its configurations below a node's. */
  readonly folder: string;
  /** What HA's ids begin with. */
  readonly ha: string;
}

export const kindNames: Readonly<Record<GuestKind, KindNames>> = {
  qemu: { word: "VM", folder: "qemu-server", ha: "vm" },
  lxc: { word: "CT", folder: "lxc", ha: "ct" },
};

/** The id of a guest in HA: `vm:100`, or `ct:100` for a container. */
export function haIdOf({ kind, vmid }: { readonly kind: GuestKind; readonly vmid: number | string }): string {
  return `${kindNames[kind].ha}:${vmid}`;
}

/** The path of a guest's configuration in the cluster's files. */
export function guestFile(kind: GuestKind, node: string, vmid: number): string {
  return `nodes/${node}/${kindNames[kind].folder}/${vmid}.conf`;
}
