import { labClassKind, type SeatPlace } from "@coppice/core";
import { BaseGeneration, OverlayPool } from "@coppice/provider";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { findComponentMistakes } from "../arguments/find-component-mistakes.ts";
import { givenArgs } from "../arguments/given-args.ts";
import { afterAllAreRight, refuse } from "../arguments/refuse.ts";
import type { LabClassArgs } from "../generated/arguments.ts";
import { generationArgs } from "../seats/generation-args.ts";
import { poolArgs } from "../seats/pool-args.ts";
import { seatsSettings, TEACHER, teacherSettings } from "./lab-class-pools.ts";

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
    const mistakes = findComponentMistakes(labClassKind, { name, inputs: args });
    const given = mistakes.length > 0 ? undefined : givenArgs(labClassKind, args);
    super("coppice:index:LabClass", name, given ?? {}, afterAllAreRight(options));
    if (given === undefined) {
      this.seats = this.teacher = this.generation = refuse(`LabClass '${name}'`, mistakes);
      return;
    }
    const source = { number: 1, vmid: given.template.vmid };
    const first = new BaseGeneration(name, generationArgs(name, given, source), { parent: this });
    this.teacher = given.teacher === true ? this.#makeTeacher(name, given, first) : undefined;
    const generation = this.#publish(name, given) ?? first;
    const pool = new OverlayPool(name, poolArgs(seatsSettings(given), name, generation), { parent: this });
    this.seats = pool.seats;
    this.generation = pool.generation;
    // Nothing is recorded twice: seats are in the pool's own outputs.
    this.registerOutputs({});
  }

  #makeTeacher(name: string, args: LabClassArgs, first: BaseGeneration): Output<SeatPlace> {
    const inputs = poolArgs(teacherSettings(args), name, first);
    const pool = new OverlayPool(`${name}-${TEACHER}`, inputs, { parent: this });
    return pool.seats.apply((seats) => seats[TEACHER] ?? NOWHERE);
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
