import type { ErrorTable } from "./error-description.ts";

/** What can go wrong with a class: its generations and its seats. */
export const classErrors = {
  "generation.changed": {
    audience: "user",
    status: 409,
    meaning: "A generation's number was given to other disks, and a generation never changes.",
    wayOut: "Publish under the next number",
  },
  "generation.no-copy": {
    audience: "user",
    status: 409,
    meaning: "A seat is on a node that has no copy of its generation, whose storage is not shared.",
    wayOut: "Name the node in 'nodes', or move the seat back",
  },
  "generation.no-source": {
    audience: "user",
    status: 404,
    meaning: "The machine that a generation is to be made from is not there, or the token does not see it.",
    wayOut: "Name a template that exists, and give the token VM.Audit on it",
  },
  "generation.rights": {
    audience: "operator",
    status: 502,
    meaning: "The token lacks rights that the making of a generation needs.",
    wayOut: "Grant what is named, as docs/guides/permissions.md shows",
  },
  "generation.source-running": {
    audience: "user",
    status: 409,
    meaning: "A generation cannot be copied from a machine whose disk changes meanwhile.",
    wayOut: "Shut the machine down first",
  },
  "pool.address-held": {
    audience: "user",
    status: 409,
    meaning: "The fixed address of a new seat is still that of a seat which could not be removed.",
    wayOut:
      "Put right what stands in the way of the removal and run again: a seat that stays keeps its address",
  },
  "pool.broken-clone": {
    audience: "operator",
    status: 502,
    meaning:
      "A machine is left locked by a clone or a migration that broke off, and no token may take the lock off.",
    wayOut: "Configure SSH for the cluster, or remove the machine by hand as the message shows",
  },
  "pool.bulk-off": {
    audience: "operator",
    status: 422,
    meaning: "The method 'bulk' writes configuration files, and the cluster does not allow it.",
    wayOut: "Set 'bulk' for the cluster, or choose another method",
  },
  "pool.foreign-guest": {
    audience: "operator",
    status: 409,
    meaning: "A machine at a seat's number does not carry the seat's mark, and is left alone.",
    wayOut: "Look at whose machine it is, then move it out of the class's range or remove it",
  },
  "pool.leftovers": {
    audience: "operator",
    status: 502,
    meaning: "Not all machines of a class could be removed.",
    wayOut: "Put right what stands in the way and destroy the class again",
  },
  "pool.network": {
    audience: "user",
    status: 422,
    meaning:
      "A bridge or virtual network that a class's machines are to be on is not there, so none would start.",
    wayOut: "Choose another 'network.bridge', or add it to the node",
  },
  "pool.no-former": {
    audience: "user",
    status: 409,
    meaning: "A reset cannot be taken back, since the disk from before it is not kept any more.",
    wayOut: "Take the undo order out; 'publish.undoFor' says how long disks are kept",
  },
  "pool.no-node": {
    audience: "operator",
    status: 503,
    meaning: "No node that may be used is in the cluster, online, and has the generation.",
    wayOut: "Name nodes of the cluster in 'nodes', or bring one back",
  },
  "pool.no-pool": {
    audience: "user",
    status: 422,
    meaning: "The class names a Proxmox pool that does not exist.",
    wayOut: "Create the pool first, or leave 'pool' out",
  },
  "pool.no-ssh": {
    audience: "operator",
    status: 422,
    meaning: "Overlays are files that only SSH can make, and the cluster is configured without it.",
    wayOut: "Configure 'ssh' for the cluster, or set 'method' to \"linked\"",
  },
  "pool.node-program": {
    audience: "operator",
    status: 502,
    meaning: "A node did not do its part of the work on disk files.",
    wayOut: "Look at the storage and the SSH account with 'coppice cluster check', then run it again",
  },
  "pool.not-shown": {
    audience: "operator",
    status: 502,
    meaning: "A configuration was written on a node, and Proxmox does not show the machine.",
    wayOut: "Look at the node's pmxcfs and its log, then run it again",
  },
  "pool.other-home": {
    audience: "user",
    status: 409,
    meaning: "The machines of a class of the same name stand there, made from a state in another home.",
    wayOut:
      "Use the state that they were made from: the same PULUMI_BACKEND_URL or COPPICE_HOME. Or choose another name for the class",
  },
  "pool.range-too-small": {
    audience: "user",
    status: 409,
    meaning: "The class's range has too few free numbers.",
    wayOut: "Widen 'vmids', or remove guests that nobody needs from that range",
  },
  "pool.rights": {
    audience: "operator",
    status: 502,
    meaning: "The token lacks rights that a class needs.",
    wayOut: "Grant what is named, as docs/guides/permissions.md shows",
  },
  "pool.root-only-option": {
    audience: "operator",
    status: 422,
    meaning: "The template has options that Proxmox lets only root set.",
    wayOut: "Remove them from the template, or set 'method' to \"linked\"",
  },
  "pool.space": {
    audience: "operator",
    status: 507,
    meaning:
      "The seats' disks may grow larger than the storage has room for, or a generation's copy come to more.",
    wayOut:
      "Make room, choose another 'storage', make fewer seats or reset fewer at once, or accept the risk with 'overcommit'",
  },
  "pool.storage": {
    audience: "operator",
    status: 422,
    meaning: "The storage cannot carry the seats' disks, or cannot be read.",
    wayOut: "Choose another 'storage', or change that one",
  },
  "pool.unreadable": {
    audience: "operator",
    status: 502,
    meaning: "Machines of a class could not be read, so nothing sound can be recorded of it.",
    wayOut: "What is recorded stays as it was; refresh again when they can be read",
  },
  "pool.untouched-unknown": {
    audience: "user",
    status: 422,
    meaning: "Whether somebody wrote to a disk only its file tells, and nothing can look at that here.",
    wayOut: 'Choose "reset", "keep" or "defer", or configure SSH for the cluster',
  },
} as const satisfies ErrorTable;
