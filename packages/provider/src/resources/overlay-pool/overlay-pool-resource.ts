import { type OverlayPoolState, overlayPoolKind } from "@coppice/core";
import { CustomResource, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { registrationOf } from "../../doors/resource-classes.ts";
import type { OverlayPoolArgs } from "../../generated/arguments.ts";

/**
 * The machines of a class: overlays of one generation, made, changed and removed together.
 *
 * @example
 * const { number, storage, shared, owned, copies, disks, config } = first; // a BaseGeneration
 * const base = { number, storage, shared, owned, copies, disks, config };
 * const pool = new OverlayPool("lab", { class: "lab", base, count: 25, vmids: { from: 20000, to: 20999 } });
 */
export class OverlayPool extends CustomResource {
  declare readonly seats: Output<OverlayPoolState["seats"]>;
  declare readonly exceptions: Output<OverlayPoolState["exceptions"]>;
  declare readonly generation: Output<OverlayPoolState["generation"]>;
  declare readonly madeBy: Output<OverlayPoolState["madeBy"]>;

  constructor(name: string, args: OverlayPoolArgs, options?: CustomResourceOptions) {
    const registration = registrationOf({ kind: overlayPoolKind }, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}
