import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { registrationOf } from "../../doors/resource-classes.ts";
import { poolSchema } from "./pool-schema.ts";

/** Inputs of {@link Pool}. */
export interface PoolArgs {
  /** The configured cluster. @default "main" */
  readonly cluster?: Input<string>;
  /** The pool's id, for example `lab`. */
  readonly poolid: Input<string>;
  /** What the pool is for. */
  readonly comment?: Input<string>;
}

/**
 * A resource pool of Proxmox VE.
 *
 * @example
 * const pool = new Pool("lab", { poolid: "lab", comment: "Machines of the lab" });
 */
export class Pool extends CustomResource {
  declare readonly cluster: Output<string>;
  declare readonly poolid: Output<string>;
  declare readonly comment: Output<string | undefined>;

  constructor(name: string, args: PoolArgs, options?: CustomResourceOptions) {
    const registration = registrationOf({ schema: poolSchema }, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}
