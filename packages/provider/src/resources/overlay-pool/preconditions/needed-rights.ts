import { driveLines, isCloudInitDrive, networkPaths, type RightsScope, type Work } from "@coppice/clusters";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** What rights are judged by. */
export type RightsQuestion = Pick<
  ClassRun,
  "inputs" | "recorded" | "plan" | "observed" | "madeBy" | "permissions" | "createdInPool"
>;

type Verb = PlannedSeat["verb"];

const WORK: Readonly<Record<Verb, Work | undefined>> = {
  keep: undefined,
  defer: undefined,
  make: "create",
  finish: "change",
  repair: "change",
  change: "change",
  reset: "reset",
  "reset-if-untouched": "reset",
  undo: "undo",
  remove: "remove",
};

/** The work that a run does, as far as rights tell it apart. */
export function worksOf(question: RightsQuestion): Set<Work> {
  const { seats } = question.plan;
  const isRemoving = seats.some(({ verb }) => verb === "remove");
  return new Set<Work>([
    ...seats.flatMap(({ verb }) => WORK[verb] ?? []),
    ...(seats.some((seat) => isStopped(question, seat)) ? (["stop"] as const) : []),
    ...(isRemoving ? (["quorum"] as const) : []),
    ...(isCloning(question) ? (["clone"] as const) : []),
    ...(isMaking(question) ? worksOfMaking(question) : []),
    ...worksOfMoving(question),
  ]);
}

/** Seats that are there go from the Proxmox pool of before to that of now, whatever else is done with them. */
function worksOfMoving(question: RightsQuestion): Work[] {
  if (!isPoolChanged(question)) return [];
  const { inputs, recorded } = question;
  return [
    ...(inputs.pool !== undefined ? (["join pool"] as const) : []),
    ...(recorded?.pool !== undefined ? (["leave pool"] as const) : []),
  ];
}

/** Whether seats that are there, and stay, are to be in another Proxmox pool than they were, or in none. */
export function isPoolChanged({
  inputs,
  recorded,
  plan,
}: Pick<ClassRun, "inputs" | "recorded" | "plan">): boolean {
  if (recorded === undefined || recorded.pool === inputs.pool) return false;
  return plan.seats.some(({ seat, verb }) => verb !== "remove" && recorded.seats[seat] !== undefined);
}

const STOPPED_FIRST = new Set<Verb>(["reset", "reset-if-untouched", "undo", "remove"]);

function isStopped({ observed }: RightsQuestion, { verb, vmid }: PlannedSeat): boolean {
  return STOPPED_FIRST.has(verb) && observed.guests.get(vmid)?.running === true;
}

function isMaking({ plan }: RightsQuestion): boolean {
  return plan.seats.some(({ verb }) => verb === "make");
}

const CLONED = new Set<Verb>(["make", "reset", "reset-if-untouched"]);

/** Machines, and with `linked` fresh disks too, are Proxmox's own clones of the generation. */
function isCloning({ madeBy, plan }: RightsQuestion): boolean {
  return madeBy === "linked" && plan.seats.some(({ verb }) => CLONED.has(verb));
}

function worksOfMaking({ inputs, createdInPool, madeBy }: RightsQuestion): Work[] {
  const { base, dataDisk, pool, cloudInit, start } = inputs;
  const hasDrive = driveLines(base.config).some(([, line]) => isCloudInitDrive(line));
  const works: readonly (readonly [work: Work, isDone: boolean])[] = [
    ["start", start === "after-create"],
    ["data disk", dataDisk !== undefined],
    // A create may carry the drive without these rights; adding one to a clone may not (qemu-server 9.2.6).
    ["cloud-init drive", madeBy === "linked" && cloudInit !== undefined && !hasDrive],
    // Born in their pool, machines need not be added to it.
    ["join pool", pool !== undefined && createdInPool === undefined],
  ];
  return works.flatMap(([work, isDone]) => (isDone ? [work] : []));
}

/** What a run's work is about. */
export function scopeOf(question: RightsQuestion): RightsScope {
  const { base, dataDisk, pool } = question.inputs;
  return {
    pool,
    formerPool: question.recorded?.pool,
    templates: Object.values(base.copies).map(({ vmid }) => vmid),
    storage: base.storage,
    dataStorage: dataDisk?.storage ?? base.storage,
    networks: networksOf(question),
  };
}

/** A clone has the template's cards before it gets its own. */
function networksOf(question: RightsQuestion): string[][] {
  const { base, network } = question.inputs;
  const own = isMaking(question) ? networkPaths(base.config, question.permissions, network) : [];
  return isCloning(question) ? [...own, ...networkPaths(base.config, question.permissions)] : own;
}
