import { driveLines, isCloudInitDrive, networkPaths, onMachine, type Right } from "@coppice/clusters";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/plan-class.ts";

/** What rights are judged by. */
export type RightsQuestion = Pick<
  ClassRun,
  "inputs" | "plan" | "observed" | "madeBy" | "permissions" | "createdInPool"
>;

const CONFIG = ["CPU", "Disk", "HWType", "Memory", "Network", "Options"].map((name) => `VM.Config.${name}`);

/** What a create of ours needs on machines, each found by taking it away alone (docs/proxmox-facts.md#least-rights). */
export const TO_CREATE: readonly string[] = ["VM.Allocate", "VM.Audit", ...CONFIG];

/** The rights that a run needs; of each entry one is enough. */
export function neededRights(question: RightsQuestion): Right[][] {
  const { seats } = question.plan;
  if (seats.every(({ verb }) => verb === "keep" || verb === "defer")) return [];
  const isMaking = seats.some(({ verb }) => verb === "make");
  return [
    ...onMachines(question),
    ...(seats.some(({ verb }) => verb === "remove") ? [quorumRights(question)] : []),
    ...(isClonedFrom(question) ? cloningRights(question) : []),
    ...(isMaking ? makingRights(question) : []),
  ];
}

function onMachines(question: RightsQuestion): Right[][] {
  const { plan, observed, inputs } = question;
  const privileges = new Set(plan.seats.flatMap(({ verb }) => PRIVILEGES[verb]));
  const isStopping = (seat: PlannedSeat) =>
    STOPPED_FIRST.has(seat.verb) && observed.guests.get(seat.vmid)?.running;
  const isStarting = inputs.start === "after-create" && plan.seats.some(({ verb }) => verb === "make");
  if (isStarting || plan.seats.some(isStopping)) privileges.add("VM.PowerMgmt");
  if (isClonedFrom(question)) privileges.add("VM.Allocate");
  return [...privileges].map((privilege) => onMachine(question.inputs.pool, privilege));
}

const PRIVILEGES: Readonly<Record<PlannedSeat["verb"], readonly string[]>> = {
  keep: [],
  defer: [],
  make: TO_CREATE,
  finish: ["VM.Audit", ...CONFIG],
  change: ["VM.Audit", ...CONFIG],
  reset: ["VM.Audit", "VM.Config.Disk", "VM.Config.Options"],
  "reset-if-untouched": ["VM.Audit", "VM.Config.Disk", "VM.Config.Options"],
  undo: ["VM.Audit", "VM.Config.Disk", "VM.Config.Options"],
  remove: ["VM.Audit", "VM.Allocate"],
};

const STOPPED_FIRST = new Set<PlannedSeat["verb"]>(["reset", "reset-if-untouched", "undo", "remove"]);

/** Quorum is asked for, or proved by a write to the machine that is about to go. */
function quorumRights(question: RightsQuestion): Right[] {
  return [...onMachine(question.inputs.pool, "VM.Config.Options"), { privilege: "Sys.Audit", path: "/" }];
}

/** Machines, and with `linked` fresh disks too, are Proxmox's own clones of the generation. */
function isClonedFrom({ madeBy, plan }: RightsQuestion): boolean {
  const cloned = new Set<PlannedSeat["verb"]>(["make", "reset", "reset-if-untouched"]);
  return madeBy === "linked" && plan.seats.some(({ verb }) => cloned.has(verb));
}

function cloningRights({ inputs: { base } }: RightsQuestion): Right[][] {
  const templates = Object.values(base.copies).map(({ vmid }) => `/vms/${vmid}`);
  return [
    ...templates.map((path) => [{ privilege: "VM.Clone", path }]),
    [{ privilege: "Datastore.AllocateSpace", path: `/storage/${base.storage}` }],
  ];
}

function makingRights(question: RightsQuestion): Right[][] {
  const { inputs, createdInPool, madeBy } = question;
  const { base, dataDisk, pool } = inputs;
  const drive = driveLines(base.config).some(([, line]) => isCloudInitDrive(line));
  const addsDrive = madeBy === "linked" && inputs.cloudInit !== undefined && !drive;
  return [
    [{ privilege: "Datastore.Audit", path: `/storage/${base.storage}` }],
    ...(dataDisk === undefined
      ? []
      : [[{ privilege: "Datastore.AllocateSpace", path: `/storage/${dataDisk.storage ?? base.storage}` }]]),
    ...networksOf(question).map((paths) => paths.map((path) => ({ privilege: "SDN.Use", path }))),
    // A create may carry a cloud-init drive without these; adding one to a clone may not (qemu-server 9.2.6).
    ...(addsDrive
      ? ["VM.Config.CDROM", "VM.Config.Cloudinit"].map((privilege) =>
          onMachine(question.inputs.pool, privilege),
        )
      : []),
    // Born in their pool, machines need not be added to it.
    ...(pool === undefined || createdInPool !== undefined
      ? []
      : [[{ privilege: "Pool.Allocate", path: `/pool/${pool}` }]]),
  ];
}

/** A clone has the template's cards before it gets its own. */
function networksOf({ inputs: { base, network }, madeBy, permissions }: RightsQuestion): string[][] {
  const own = networkPaths(base.config, permissions, network);
  return madeBy === "linked" ? [...own, ...networkPaths(base.config, permissions)] : own;
}
