import { type TenantPoolState, tenantPoolKind } from "@coppice/core";
import { CustomResource, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { registrationOf } from "../../doors/resource-classes.ts";
import type { TenantPoolArgs } from "../../generated/arguments.ts";

/**
 * What Proxmox keeps of a tenant: its pool with the mark of its limits, role, group, rights, user and token.
 *
 * @example
 * const acme = new TenantPool("acme", {
 *   tenant: "acme", limits: { machines: 40 }, templates: [9000], storages: ["nas"],
 * });
 */
export class TenantPool extends CustomResource {
  declare readonly pool: Output<TenantPoolState["pool"]>;
  declare readonly tokenId: Output<TenantPoolState["tokenId"]>;
  declare readonly tokenSecret: Output<TenantPoolState["tokenSecret"]>;

  constructor(name: string, args: TenantPoolArgs, options?: CustomResourceOptions) {
    const registration = registrationOf({ kind: tenantPoolKind }, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}
