import type { SeatPlace } from "@coppice/core";
import { BaseGeneration, OverlayPool } from "@coppice/provider";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { assertSeatsArgs } from "../seats/assert-seats-args.ts";
import { generationArgs } from "../seats/generation-args.ts";
import { poolArgs, poolSettings } from "../seats/pool-args.ts";
import type { OverlayVmPoolArgs } from "./overlay-vm-pool-args.ts";

/**
 * Machines that share one template's disks, without a class around them: no teacher, no publishing.
 *
 * @example
 * const runners = new OverlayVmPool("runners", {
 *   template: { vmid: 9000 },
 *   seats: 8,
 *   storage: "lab",
 *   vmids: { from: 30000, to: 30099 },
 * });
 */
export class OverlayVmPool extends ComponentResource {
  /** Every machine by its seat's name. */
  readonly seats: Output<Readonly<Record<string, SeatPlace>>>;
  /** The generation that machines are on, except those that were kept or deferred. */
  readonly generation: Output<number>;

  constructor(name: string, args: OverlayVmPoolArgs, options?: ComponentResourceOptions) {
    const component = `OverlayVmPool '${name}'`;
    assertSeatsArgs(component, name, args);
    const settings = poolSettings(component, args, args.renewal);
    super("coppice:index:OverlayVmPool", name, {}, options);
    const child = { parent: this };
    const source = { number: args.generation ?? 1, vmid: args.template.vmid };
    const generation = new BaseGeneration(name, generationArgs(name, args, source), child);
    const pool = new OverlayPool(name, poolArgs(settings, name, generation), child);
    this.seats = pool.seats;
    this.generation = pool.generation;
    // Nothing is recorded twice: machines are in the pool's own outputs.
    this.registerOutputs({});
  }
}
