import type { SeatPlace } from "@coppice/core";
import { BaseGeneration, OverlayPool } from "@coppice/provider";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { generationArgs } from "../seats/generation-args.ts";
import { poolArgs, poolSettings } from "../seats/pool-args.ts";
import { assertLabClassArgs } from "./assert-lab-class-args.ts";
import type { LabClassArgs } from "./lab-class-args.ts";
import { seatsArgs, TEACHER, teacherArgs } from "./split-args.ts";

/** A teacher whose machine could not be made: the run has failed already and says why. */
const NOWHERE: SeatPlace = { vmid: 0, node: "", mac: "" };

/**
 * A class: one machine per seat, all standing on one template's disks, so that 25 machines take seconds and a few
 * kilobytes each.
 *
 * @example
 * const lab = new LabClass("networks-101", {
 *   template: { vmid: 9000 },
 *   seats: 25,
 *   storage: "lab",
 *   vmids: { from: 20000, to: 20999 },
 * });
 * export const seats = lab.seats; // { "seat-01": { vmid, node, mac }, … }
 */
export class LabClass extends ComponentResource {
  /** Every seat's machine. */
  readonly seats: Output<Readonly<Record<string, SeatPlace>>>;
  /** The teacher's machine, if there is one. */
  readonly teacher: Output<SeatPlace> | undefined;
  /** The generation that seats are on, except those that were kept or deferred. */
  readonly generation: Output<number>;

  constructor(name: string, args: LabClassArgs, options?: ComponentResourceOptions) {
    const component = `LabClass '${name}'`;
    assertLabClassArgs(component, name, args);
    const settings = poolSettings(component, seatsArgs(args), args.publish);
    super("coppice:index:LabClass", name, {}, options);
    const source = { number: 1, vmid: args.template.vmid };
    const first = new BaseGeneration(name, generationArgs(name, args, source), { parent: this });
    if (args.teacher === true) {
      const inputs = poolArgs(poolSettings(component, teacherArgs(args)), name, first);
      const teacher = new OverlayPool(`${name}-${TEACHER}`, inputs, { parent: this });
      this.teacher = teacher.seats.apply((seats) => seats[TEACHER] ?? NOWHERE);
    }
    const generation = this.#publish(name, args) ?? first;
    const pool = new OverlayPool(name, poolArgs(settings, name, generation), { parent: this });
    this.seats = pool.seats;
    this.generation = pool.generation;
    // Nothing is recorded twice: seats are in the pool's own outputs.
    this.registerOutputs({});
  }

  /** Another number under the same resource name is a replacement: made, given to the pool, and only then removed. */
  #publish(name: string, args: LabClassArgs): BaseGeneration | undefined {
    const { publish } = args;
    const vmid = publish?.from === "teacher" ? this.teacher?.vmid : publish?.from.vmid;
    if (publish === undefined || vmid === undefined) return undefined;
    const source = { number: publish.generation, vmid };
    return new BaseGeneration(`${name}-published`, generationArgs(name, args, source), { parent: this });
  }
}
