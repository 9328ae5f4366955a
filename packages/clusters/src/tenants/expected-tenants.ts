import { CoppiceError, type Limits } from "@coppice/core";
import type { OpenCluster } from "../connection/open-cluster.ts";

/** A tenant that the run of a preview would make or change. */
export interface ExpectedTenant {
  readonly tenant: string;
  readonly limits: Limits;
  /** The resource that would. */
  readonly urn: string;
}

const ofClusters = new WeakMap<OpenCluster, Map<string, ExpectedTenant>>();

/**
 * Lets what is previewed after it be judged by the limits that the run will have set by then, of a tenant that is not there
 * yet too.
 *
 * @throws CoppiceError `quota.taken` where another resource of the same preview is the tenant too
 */
export function expectTenant(cluster: OpenCluster, expected: ExpectedTenant): void {
  const known = ofClusters.get(cluster) ?? new Map<string, ExpectedTenant>();
  ofClusters.set(cluster, known);
  const other = known.get(expected.tenant);
  if (other !== undefined && other.urn !== expected.urn)
    throw new CoppiceError("quota.taken", {
      what: `Tenant "${expected.tenant}" is described twice`,
      why: "its Proxmox pool has one set of limits",
      wayOut: "Remove one of them, or give it a name of its own",
      details: { tenant: expected.tenant },
    });
  known.set(expected.tenant, expected);
}

/** The limits that a preview expects of a tenant, where its resource was previewed before. */
export function expectedLimits(cluster: OpenCluster, tenant: string): Limits | undefined {
  return ofClusters.get(cluster)?.get(tenant)?.limits;
}
