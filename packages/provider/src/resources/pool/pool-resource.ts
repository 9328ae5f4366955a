import { type PoolState, poolKind } from "@coppice/core";
import { CustomResource, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { registrationOf } from "../../doors/resource-classes.ts";
import type { PoolArgs } from "../../generated/arguments.ts";

/**
 * A resource pool of Proxmox VE.
 *
 * @example
 * const pool = new Pool("lab", { poolid: "lab", comment: "Machines of the lab" });
 */
export class Pool extends CustomResource {
  declare readonly cluster: Output<PoolState["cluster"]>;
  declare readonly poolid: Output<PoolState["poolid"]>;
  declare readonly comment: Output<PoolState["comment"]>;

  constructor(name: string, args: PoolArgs, options?: CustomResourceOptions) {
    const registration = registrationOf({ kind: poolKind }, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}
