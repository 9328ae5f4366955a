import { tenantQuotaKind } from "@coppice/core";
import { TenantPool } from "@coppice/provider";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { findComponentMistakes } from "../arguments/find-component-mistakes.ts";
import { givenArgs } from "../arguments/given-args.ts";
import { afterAllAreRight, refuse } from "../arguments/refuse.ts";
import type { TenantQuotaArgs } from "../generated/arguments.ts";

/**
 * A tenant of a cluster: a Proxmox pool of its own with limits that hold, and rights and a token that reach no further.
 *
 * @example
 * const acme = new TenantQuota("acme", {
 *   limits: { machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" },
 *   templates: [9000],
 *   storages: ["nas"],
 * });
 * new LabClass("networks-101", { tenant: "acme", … }, { dependsOn: [acme] });
 */
export class TenantQuota extends ComponentResource {
  /** The tenant's Proxmox pool, which has its name. */
  readonly pool: Output<string>;
  /** The tenant's own API token without its secret: `user@realm!name`. */
  readonly tokenId: Output<string>;
  /** The token's secret. */
  readonly tokenSecret: Output<string>;

  constructor(name: string, args: TenantQuotaArgs, options?: ComponentResourceOptions) {
    const mistakes = findComponentMistakes(tenantQuotaKind, { name, inputs: args });
    const given = mistakes.length > 0 ? undefined : givenArgs(tenantQuotaKind, args);
    super("coppice:index:TenantQuota", name, given ?? {}, afterAllAreRight(options));
    if (given === undefined) {
      this.pool = this.tokenId = this.tokenSecret = refuse(`TenantQuota '${name}'`, mistakes);
      return;
    }
    const tenant = new TenantPool(name, { ...given, tenant: name }, { parent: this });
    this.pool = tenant.pool;
    this.tokenId = tenant.tokenId;
    this.tokenSecret = tenant.tokenSecret;
    // Nothing is recorded twice: what there is of it is in the outputs of its pool.
    this.registerOutputs({});
  }
}
