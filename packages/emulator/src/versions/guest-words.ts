import type { PveVersion } from "./pve-version.ts";

/** What the two generations say differently about guests (recordings qemu-power and qemu-clone). */
export interface GuestWords {
  /** Copies and moves announce themselves in the task log. */
  readonly announcesCopies: boolean;
  /** What follows when a guest does not let a device go. */
  readonly unplugHint: string;
  /** How the agent's channel is called when it does not answer. */
  readonly agentChannel: string;
  /** The package's version, which `info version` ends with. */
  readonly qemuPackage: string;
  /** How giving a disk to another machine begins. */
  readonly reassigning: (key: string, vmid: number, targetKey: string, targetVmid: number) => string;
  /** Why a volume that is named and not there cannot be migrated: 9.2 activates each first (QemuMigrate.pm). */
  readonly missingLocalVolume: (volid: string) => string;
  /** The migration preconditions say which disk is cloud-init's. */
  readonly marksCloudInitDisks: boolean;
}

const words: Readonly<Record<PveVersion["id"], GuestWords>> = {
  "8.4": {
    announcesCopies: false,
    unplugHint: "",
    agentChannel: "qmp",
    qemuPackage: "7.2+dfsg-7+deb12u18+b3",
    reassigning: (key, vmid, _targetKey, targetVmid) =>
      `moving disk '${key}' from VM '${vmid}' to '${targetVmid}'`,
    missingLocalVolume: (volid) => `unable to determine size for volume '${volid}'`,
    marksCloudInitDisks: false,
  },
  "9.2": {
    announcesCopies: true,
    unplugHint: " - still busy in guest?",
    agentChannel: "qga",
    qemuPackage: "10.0.13+ds-0+deb13u1",
    reassigning: (key, vmid, targetKey, targetVmid) =>
      `reassign disk '${key}' from VM '${vmid}' as '${targetKey}' to VM '${targetVmid}'`,
    missingLocalVolume: (volid) => `volume '${volid}' does not exist`,
    marksCloudInitDisks: true,
  },
};

export function guestWords(version: PveVersion): GuestWords {
  return words[version.id];
}
