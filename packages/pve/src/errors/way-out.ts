import type { PveErrorCode } from "./pve-error.ts";

/** What a reader can do about an error of each code; codes without an entry have no general advice. */
const wayOutByCode: Partial<Record<PveErrorCode, string>> = {
  "pve.aborted": "Start it again when you want it finished",
  "pve.already-exists": "Choose another id, or remove the existing one yourself if it is not needed",
  "pve.bad-parameter": "Correct the named parameters",
  "pve.bad-response": "Check that the endpoint is a Proxmox VE server of version 8 or 9",
  "pve.forbidden": "Give the user or token the named privilege on the named path",
  "pve.guest-agent":
    "Install and start the QEMU guest agent in the guest and enable it in the guest's options",
  "pve.in-use": "Remove what still uses it first",
  "pve.lock-timeout": "Try again; another change held the lock",
  "pve.locked":
    "Wait for the operation that holds the lock; if none runs any more, `qm unlock` on the node helps",
  "pve.modified": "Read it again and repeat the change",
  "pve.no-quorum": "Bring enough nodes of the cluster back; change nothing until it is quorate",
  "pve.no-worker": "Check whether the change was made, then try again",
  "pve.node-unreachable": "Check that the node is up and reachable from the other nodes",
  "pve.not-found": "Check the name; it may have been removed meanwhile",
  "pve.protected": "Switch the guest's protection off if it really may go",
  "pve.root-only":
    "Leave that option out; Proxmox accepts it from root@pam with a password only, not from a token",
  "pve.task-failed": "See the task's log in Proxmox",
  "pve.timeout": "Look at the state in Proxmox, then try again",
  "pve.unauthorized": "Check the token or password, and that it has not expired or been removed",
  "pve.wrong-state": "Start or stop the guest first, as the message asks",
};

/** The general advice for a code. */
export function wayOut(code: PveErrorCode): string | undefined {
  return wayOutByCode[code];
}
