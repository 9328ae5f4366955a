import { type BaseGenerationState, baseGenerationKind } from "@coppice/core";
import { CustomResource, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { registrationOf } from "../../doors/resource-classes.ts";
import type { BaseGenerationArgs } from "../../generated/arguments.ts";

/**
 * An immutable, numbered base of a class: a template's disks that overlays stand on.
 *
 * @example
 * const first = new BaseGeneration("lab", {
 *   class: "lab", number: 1, source: 9000, storage: "nas", vmids: { from: 20000, to: 20999 },
 * });
 */
export class BaseGeneration extends CustomResource {
  declare readonly number: Output<BaseGenerationState["number"]>;
  declare readonly storage: Output<BaseGenerationState["storage"]>;
  declare readonly shared: Output<BaseGenerationState["shared"]>;
  declare readonly owned: Output<BaseGenerationState["owned"]>;
  declare readonly copies: Output<BaseGenerationState["copies"]>;
  declare readonly disks: Output<BaseGenerationState["disks"]>;
  declare readonly config: Output<BaseGenerationState["config"]>;

  constructor(name: string, args: BaseGenerationArgs, options?: CustomResourceOptions) {
    const registration = registrationOf({ kind: baseGenerationKind }, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}
