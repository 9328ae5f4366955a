import type { RenewalArgs } from "@coppice/provider";
import type { LabClassArgs, PublishArgs } from "../generated/arguments.ts";
import type { PoolSettings } from "../seats/pool-args.ts";

/** Name of the teacher's seat and, behind the class's name, of its pool. */
export const TEACHER = "teacher";

/**
 * What the students' machines are told: whatever the class is told, which the pool itself looks at. The first number of
 * the range is the teacher's, whether there is one or not.
 */
export function seatsSettings(args: LabClassArgs): PoolSettings {
  const { template: _template, storage: _storage, teacher: _teacher, ...same } = args;
  const { seats, publish, vmids, ...shared } = same;
  return {
    ...shared,
    // Without any seat, one number is enough for a class.
    vmids: { from: Math.min(vmids.from + 1, vmids.to), to: vmids.to },
    ...(seats !== undefined && { count: seats }),
    ...(publish !== undefined && { publish: renewalOf(publish) }),
  };
}

/**
 * What the teacher's machine is told: one seat like the others. Without a data disk, which would become a disk of
 * every generation published from it, and without a fixed address, which would be the first seat's.
 */
export function teacherSettings(args: LabClassArgs): PoolSettings {
  const { seats: _seats, empty: _empty, dataDisk: _disk, reset: _reset, undo: _undo, ...own } = args;
  const { publish: _publish, cloudInit, ...shared } = own;
  const { address: _address, ...values } = cloudInit ?? {};
  const one = { from: args.vmids.from, to: args.vmids.from };
  const settings = seatsSettings({ ...shared, roster: [TEACHER] });
  return { ...settings, vmids: one, ...(cloudInit !== undefined && { cloudInit: values }) };
}

function renewalOf({ generation: _generation, from: _from, ...renewal }: PublishArgs): RenewalArgs {
  return renewal;
}
