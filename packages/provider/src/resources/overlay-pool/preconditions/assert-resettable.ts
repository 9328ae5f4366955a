import { CoppiceError, type Generation } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";
import { noFormer } from "../disks/no-former.ts";
import { noSpareNumber } from "../machines/take-vmid.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** Refuses resets, and undos of them, that could not be carried out, before any of them is begun. */
export function assertResettable(run: ClassRun): void {
  assertSpareNumber(run);
  assertUntouchedTells(run);
  assertFormerDisks(run);
}

/** Who was never reset, or too long ago, has no disk to get back. */
function assertFormerDisks({ plan, exceptions }: ClassRun): void {
  const without = plan.seats.filter(
    ({ verb, seat }) => verb === "undo" && exceptions.get(seat)?.former === undefined,
  );
  if (without.length > 0) throw noFormer(without.map(({ seat }) => seat));
}

/** Resets by clones take a number beside the seats'; machines that leave first give theirs. */
function assertSpareNumber(run: ClassRun): void {
  if (run.madeBy !== "linked") return;
  const { seats } = run.plan;
  const isNeeded = seats.some(({ verb }) => verb === "reset" || verb === "reset-if-untouched");
  const isGiven = seats.some(({ verb }) => verb === "remove");
  if (isNeeded && !isGiven && run.vmids.left(1) === 0) throw noSpareNumber(run);
}

/** Whether somebody wrote to a disk only its file tells, and only a shell can look at that. */
function assertUntouchedTells(run: ClassRun): void {
  const asked = run.plan.seats.filter(({ verb }) => verb === "reset-if-untouched");
  const [first] = asked;
  if (first === undefined) return;
  const bases = [run.inputs.base, ...(run.recorded === undefined ? [] : [run.recorded.base])];
  const blocks = bases.find((base) => !hasFiles(base));
  const blind = asked.find(({ node }) => run.cluster.ssh(node) === undefined);
  const why =
    blocks !== undefined
      ? `disks on storage '${blocks.storage}' are no files`
      : blind !== undefined
        ? `cluster '${run.cluster.settings.name}' has no SSH access to node '${blind.node}'`
        : undefined;
  if (why === undefined) return;
  throw new CoppiceError("pool.untouched-unknown", {
    what: `Nobody can tell which seats of class '${run.inputs.class}' are untouched`,
    why: `${fieldOf(run, first)} is "reset-if-untouched", which reads the disk's file over SSH, and ${why}`,
    wayOut: `Choose "reset", "keep" or "defer" there${blocks === undefined ? ", or configure 'ssh' for the cluster" : ""}`,
  });
}

function fieldOf({ inputs }: ClassRun, { seat }: PlannedSeat): string {
  return inputs.publish?.policyOf?.[seat] === undefined
    ? "'publish.policy'"
    : `'publish.policyOf["${seat}"]'`;
}

/** Volumes of block storages have no ending (pve-storage, the plugins' `parse_volname`). */
function hasFiles({ copies }: Generation): boolean {
  return Object.values(copies).every(({ files }) => Object.values(files).every((file) => file.includes(".")));
}
