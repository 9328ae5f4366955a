import type { RightRow } from "./right-row.ts";

const noMachine = "no machine can be made or removed";
const noHardware = "no machine can be given its hardware";
const noCopyFromDisk =
  "no data disks, no method 'linked', no generation out of a machine; former disks stay after a reset";
const noDrive = "no method 'linked' with cloud-init values on a template without a cloud-init drive";

/**
 * Every right that some work of ours needs. Each was found by taking it away alone (docs/proxmox-facts.md#least-rights), but
 * for the two of a cloud-init drive, which are read in qemu-server 9.2.6.
 */
export const rightsTable: readonly RightRow[] = [
  {
    privilege: "VM.Audit",
    on: "machines",
    for: ["create", "change", "reset", "undo", "remove", "generation"],
    without: "machines cannot be read",
    vital: true,
  },
  {
    privilege: "VM.Allocate",
    on: "machines",
    for: ["create", "clone", "remove", "join pool", "leave pool", "generation"],
    without: noMachine,
    vital: true,
  },
  {
    privilege: "VM.Config.CPU",
    on: "machines",
    for: ["create", "change"],
    without: noHardware,
    vital: true,
  },
  {
    privilege: "VM.Config.Disk",
    on: "machines",
    for: ["create", "change", "reset", "undo", "free", "drop data disk"],
    without: noHardware,
    vital: true,
  },
  {
    privilege: "VM.Config.HWType",
    on: "machines",
    for: ["create", "change"],
    without: noHardware,
    vital: true,
  },
  {
    privilege: "VM.Config.Memory",
    on: "machines",
    for: ["create", "change"],
    without: noHardware,
    vital: true,
  },
  {
    privilege: "VM.Config.Network",
    on: "machines",
    for: ["create", "change"],
    without: noHardware,
    vital: true,
  },
  {
    privilege: "VM.Config.Options",
    on: "machines",
    for: ["create", "change", "reset", "undo", "free", "generation"],
    without: noHardware,
    vital: true,
  },
  {
    privilege: "VM.PowerMgmt",
    on: "machines",
    for: ["start", "stop"],
    without: "machines cannot be started, nor stopped for a reset",
  },
  {
    privilege: "VM.Clone",
    on: "machines",
    for: ["publish"],
    without: "no method 'linked', no generation out of a machine",
  },
  {
    privilege: "VM.Migrate",
    on: "machines",
    for: ["move copy"],
    without: "no generation on local storage for seats on several nodes",
  },
  {
    privilege: "VM.Audit",
    on: "template",
    for: ["generation"],
    without: "the template cannot be read",
    vital: true,
  },
  {
    privilege: "VM.Clone",
    on: "template",
    for: ["clone", "generation"],
    without: "no method 'linked', no copy of the template",
  },
  {
    privilege: "Datastore.Audit",
    on: "storage",
    for: ["create", "clone", "generation"],
    without: "free space cannot be checked",
    vital: true,
  },
  {
    privilege: "Datastore.AllocateSpace",
    on: "storage",
    for: ["clone", "free", "generation"],
    without: noCopyFromDisk,
  },
  {
    privilege: "Datastore.AllocateSpace",
    on: "data storage",
    for: ["data disk"],
    without: "no data disks there",
  },
  {
    privilege: "SDN.Use",
    on: "network",
    for: ["create", "clone", "generation"],
    without: "no machine can be connected to the bridge",
    vital: true,
  },
  { privilege: "VM.Config.CDROM", on: "machines", for: ["cloud-init drive"], without: noDrive },
  { privilege: "VM.Config.Cloudinit", on: "machines", for: ["cloud-init drive"], without: noDrive },
  {
    privilege: "Pool.Allocate",
    on: "pool",
    for: ["join pool"],
    without: "machines cannot become members of the pool",
  },
  {
    privilege: "Pool.Allocate",
    on: "former pool",
    for: ["leave pool"],
    without: "machines cannot leave the pool that their class named before",
  },
  {
    privilege: "Sys.Audit",
    on: "nodes",
    for: ["spread"],
    without: "machines are spread without a look at free memory",
  },
  // Asking for quorum shows everybody's tasks: a write to the machine that is about to go proves it as well.
  {
    privilege: "Sys.Audit",
    on: "root",
    for: ["quorum"],
    without:
      "quorum is not looked at before a run, only proved before each removal; the MAC prefix is not seen",
    or: { privilege: "VM.Config.Options", on: "machines" },
  },
];
