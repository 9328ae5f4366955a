import type { ErrorTable } from "./error-description.ts";

/** What Proxmox VE refuses, and what can go wrong on the way to it. */
export const pveErrors = {
  "pve.aborted": {
    audience: "user",
    status: 409,
    meaning: "Waiting for Proxmox was stopped; a task that was begun goes on there.",
    wayOut: "Start it again when you want it finished",
  },
  "pve.already-exists": {
    audience: "user",
    status: 409,
    meaning: "Something of that name or number is there already.",
    wayOut: "Choose another id, or remove the existing one yourself if it is not needed",
  },
  "pve.bad-parameter": {
    audience: "user",
    status: 422,
    meaning: "Proxmox does not take a value.",
    wayOut: "Correct the named parameters",
  },
  "pve.bad-request": {
    audience: "bug",
    status: 500,
    meaning: "Proxmox could not read a request of ours.",
    wayOut: "Report it with the request that is named",
  },
  "pve.bad-response": {
    audience: "bug",
    status: 502,
    meaning: "An answer was not what Proxmox VE gives.",
    wayOut: "Check that the endpoint is a Proxmox VE server of version 8 or 9",
  },
  "pve.certificate-mismatch": {
    audience: "operator",
    status: 502,
    meaning: "The endpoint shows another certificate than the pinned one.",
    wayOut: "Find out why it changed; when it was renewed, pin the new fingerprint",
  },
  "pve.certificate-rejected": {
    audience: "operator",
    status: 502,
    meaning: "The endpoint's certificate cannot be verified.",
    wayOut:
      "Name the cluster's own authority (/etc/pve/pve-root-ca.pem) and a host name that is in the certificate, or pin the fingerprint",
  },
  "pve.connection": {
    audience: "operator",
    status: 503,
    meaning: "The endpoint gave no answer.",
    wayOut: "Check the endpoint, and that the node's pveproxy service runs",
  },
  "pve.failed": {
    audience: "operator",
    status: 502,
    meaning: "Proxmox refused for a reason that has no code of its own.",
    wayOut: "Look at what Proxmox says, and at the node's log",
  },
  "pve.forbidden": {
    audience: "operator",
    status: 502,
    meaning: "The user or token may not do that.",
    wayOut: "Give the user or token the named privilege on the named path",
  },
  "pve.guest-agent": {
    audience: "user",
    status: 409,
    meaning: "The QEMU guest agent of a machine does not answer.",
    wayOut: "Install and start the QEMU guest agent in the guest and enable it in the guest's options",
  },
  "pve.in-use": {
    audience: "user",
    status: 409,
    meaning: "Something else still uses what was to go.",
    wayOut: "Remove what still uses it first",
  },
  "pve.invalid-path": {
    audience: "bug",
    status: 500,
    meaning: "The path of a request cannot be filled in.",
    wayOut: "Report it with the value that is named",
  },
  "pve.leftover": {
    audience: "operator",
    status: 409,
    meaning: "A number is held by the remains of a create that broke off.",
    wayOut: "Remove them on the node: qm unlock, then qm destroy",
  },
  "pve.lock-timeout": {
    audience: "user",
    status: 409,
    meaning: "A lock could not be had in time.",
    wayOut: "Try again; another change held the lock",
  },
  "pve.locked": {
    audience: "user",
    status: 409,
    meaning: "A machine is locked by an operation.",
    wayOut:
      "Wait for the operation that holds the lock; if none runs any more, `qm unlock` on the node helps",
  },
  "pve.modified": {
    audience: "user",
    status: 409,
    meaning: "Somebody changed a configuration at the same time.",
    wayOut: "Read it again and repeat the change",
  },
  "pve.no-quorum": {
    audience: "operator",
    status: 503,
    meaning: "The cluster is not quorate, so nothing can be changed soundly.",
    wayOut: "Bring enough nodes of the cluster back; change nothing until it is quorate",
  },
  "pve.no-space": {
    audience: "operator",
    status: 507,
    meaning: "A storage, or a disk of the node, is full.",
    wayOut: "Make room on the node's storage, then run the operation again: it makes what is missing",
  },
  "pve.no-worker": {
    audience: "user",
    status: 503,
    meaning: "Proxmox could not start the worker of a task.",
    wayOut: "Check whether the change was made, then try again",
  },
  "pve.node-unreachable": {
    audience: "operator",
    status: 503,
    meaning: "A node does not answer the others.",
    wayOut: "Check that the node is up and reachable from the other nodes",
  },
  "pve.not-available": {
    audience: "operator",
    status: 409,
    meaning: "What is needed is switched off, not installed, or not on that node.",
    wayOut: "Switch it on there, or choose another node or storage",
  },
  "pve.not-found": {
    audience: "user",
    status: 404,
    meaning: "Something that is named is not there.",
    wayOut: "Check the name; it may have been removed meanwhile",
  },
  "pve.not-implemented": {
    audience: "bug",
    status: 502,
    meaning: "This Proxmox does not know a call of ours.",
    wayOut: "Use Proxmox VE 8.4 or later; report it if it is",
  },
  "pve.protected": {
    audience: "user",
    status: 409,
    meaning: "A machine is protected from removal.",
    wayOut: "Switch the guest's protection off if it really may go",
  },
  "pve.root-only": {
    audience: "operator",
    status: 502,
    meaning: "An option may be set by root alone.",
    wayOut: "Leave that option out; Proxmox accepts it from root@pam with a password only, not from a token",
  },
  "pve.settings": {
    audience: "operator",
    status: 500,
    meaning: "The client's settings cannot be used.",
    wayOut: "Correct the setting that is named",
  },
  "pve.task-failed": {
    audience: "user",
    status: 502,
    meaning: "A task of Proxmox ended badly.",
    wayOut: "See the task's log in Proxmox",
  },
  "pve.timeout": {
    audience: "operator",
    status: 504,
    meaning: "Something took longer than it may.",
    wayOut: "Look at the state in Proxmox, then try again",
  },
  "pve.unauthorized": {
    audience: "operator",
    status: 502,
    meaning: "Proxmox does not know the user or token.",
    wayOut: "Check the token or password, and that it has not expired or been removed",
  },
  "pve.unsupported": {
    audience: "user",
    status: 422,
    meaning: "Proxmox cannot do that with this machine, disk or storage.",
    wayOut: "Choose what Proxmox can do there, as its message says",
  },
  "pve.wrong-state": {
    audience: "user",
    status: 409,
    meaning: "A machine is running, stopped or changing where it must not be.",
    wayOut: "Start or stop the guest first, as the message asks",
  },
} as const satisfies ErrorTable;
