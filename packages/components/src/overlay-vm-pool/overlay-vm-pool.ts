import { overlayVmPoolKind, type SeatPlace } from "@coppice/core";
import { BaseGeneration, OverlayPool } from "@coppice/provider";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { findComponentMistakes } from "../arguments/find-component-mistakes.ts";
import { givenArgs } from "../arguments/given-args.ts";
import { afterAllAreRight, refuse } from "../arguments/refuse.ts";
import type { OverlayVmPoolArgs } from "../generated/arguments.ts";
import { generationArgs } from "../seats/generation-args.ts";
import { type PoolSettings, poolArgs } from "../seats/pool-args.ts";

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
    const mistakes = findComponentMistakes(overlayVmPoolKind, { name, inputs: args });
    const given = mistakes.length > 0 ? undefined : givenArgs(overlayVmPoolKind, args);
    super("coppice:index:OverlayVmPool", name, given ?? {}, afterAllAreRight(options));
    if (given === undefined) {
      this.seats = this.generation = refuse(`OverlayVmPool '${name}'`, mistakes);
      return;
    }
    const child = { parent: this };
    const source = { number: given.generation ?? 1, vmid: given.template.vmid };
    const generation = new BaseGeneration(name, generationArgs(name, given, source), child);
    const pool = new OverlayPool(name, poolArgs(poolSettings(given), name, generation), child);
    this.seats = pool.seats;
    this.generation = pool.generation;
    // Nothing is recorded twice: machines are in the pool's own outputs.
    this.registerOutputs({});
  }
}

/** What the machines are told: whatever the component is told, which the pool itself looks at. */
function poolSettings(args: OverlayVmPoolArgs): PoolSettings {
  const { template: _template, storage: _storage, generation: _generation, ...same } = args;
  const { seats, renewal, ...shared } = same;
  return {
    ...shared,
    ...(seats !== undefined && { count: seats }),
    ...(renewal !== undefined && { publish: renewal }),
  };
}
