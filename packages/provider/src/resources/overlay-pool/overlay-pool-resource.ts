import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { registrationOf } from "../../doors/resource-classes.ts";
import type { OverlayPoolInputs, SeatException, SeatPlace } from "./inputs/class-inputs.ts";
import { overlayPoolSchema } from "./overlay-pool-schema.ts";

/** A value any part of which may be the output of another resource. */
type DeepInput<T> = [T] extends [readonly (infer Item)[]]
  ? Input<DeepInput<Item>[]>
  : [T] extends [object]
    ? Input<{ readonly [Name in keyof T]: DeepInput<Exclude<T[Name], undefined>> }>
    : Input<T>;

/** Inputs of {@link OverlayPool}; any part of them may be an output of another resource. */
export type OverlayPoolArgs = {
  readonly [Name in keyof OverlayPoolInputs]: DeepInput<Exclude<OverlayPoolInputs[Name], undefined>>;
};

/**
 * The machines of a class: overlays of one generation, made, changed and removed together.
 *
 * @example
 * const pool = new OverlayPool("lab", {
 *   cluster: "main", class: "lab", base: generation, count: 25, vmids: { from: 20000, to: 20999 },
 *   start: "never", startBatch: 4, method: "auto",
 * });
 */
export class OverlayPool extends CustomResource {
  declare readonly seats: Output<Record<string, SeatPlace>>;
  declare readonly exceptions: Output<Record<string, SeatException> | undefined>;
  declare readonly generation: Output<number>;
  declare readonly madeBy: Output<string>;

  constructor(name: string, args: OverlayPoolArgs, options?: CustomResourceOptions) {
    const registration = registrationOf({ schema: overlayPoolSchema }, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}
