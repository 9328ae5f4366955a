import { expectTenant, type OpenCluster, type StepHook } from "@coppice/clusters";
import {
  hasUnknown,
  readLimits,
  type TenantPoolInputs,
  type TenantPoolState,
  tenantPoolKind,
} from "@coppice/core";
import { defineResource } from "../../kit/define-resource.ts";
import { diffProperties } from "../../kit/diff-properties.ts";
import { inputsOf } from "../../kit/inputs-of.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { Difference, Previewed, ResourceHandler, Wanted } from "../../kit/resource-handler.ts";

import { assertSeen } from "./assert-seen.ts";
import { assertTenant } from "./assert-tenant.ts";
import { lookAtTenant, readZones } from "./look-at-tenant.ts";
import { makeTenant } from "./make-tenant.ts";
import { planTenant } from "./plan-tenant.ts";
import { readTenant } from "./read-tenant.ts";
import { removeTenant } from "./remove-tenant.ts";
import { namesOf } from "./tenant-names.ts";

/** The handler of `TenantPool`: what Proxmox keeps of a tenant. The id is `<cluster>/<tenant>`. `hook` is for tests. */
export function tenantPoolWith(hook?: StepHook): ResourceHandler {
  const stepped = (context: ResourceContext) => ({ context, urn: context.urn, ...(hook && { hook }) });
  return defineResource<TenantPoolInputs, TenantPoolState>({
    kind: tenantPoolKind,
    diff,
    assume: ({ inputs: { cluster, tenant, limits, ...others } }) => {
      const known = Object.entries(others).filter(([, value]) => !hasUnknown(value));
      return { cluster, tenant, limits, ...Object.fromEntries(known) };
    },
    preview,
    create: async (inputs, context) => {
      const cluster = await context.cluster(inputs.cluster);
      const state = await bring({ inputs, recorded: undefined, ...stepped(context) }, cluster);
      return { id: `${inputs.cluster}/${inputs.tenant}`, state };
    },
    read: async ({ state }, context) => {
      if (state === undefined) return undefined;
      const { client } = await context.cluster(state.cluster);
      const seen = await lookAtTenant(client, state.tenant);
      const zones = await readZones(client, state.bridges ?? []);
      const found = readTenant(state, seen, { urn: context.urn, zones });
      if (found === undefined) await assertSeen(client, state.tenant);
      for (const warning of found?.warnings ?? []) context.warn(warning);
      return found && { inputs: inputsOf(tenantPoolKind, found.state), state: found.state };
    },
    update: async ({ inputs, state }, context) => {
      const cluster = await context.cluster(inputs.cluster);
      return { state: await bring({ inputs, recorded: state, ...stepped(context) }, cluster) };
    },
    delete: async ({ state }, context) => {
      const { client } = await context.cluster(state.cluster);
      await assertSeen(client, state.tenant);
      await removeTenant({ client, seen: await lookAtTenant(client, state.tenant), ...stepped(context) });
    },
  });
}

type Wish = Pick<Parameters<typeof makeTenant>[0], "inputs" | "recorded" | "urn" | "hook"> & {
  readonly context: ResourceContext;
};

async function bring(wish: Wish, cluster: OpenCluster): Promise<TenantPoolState> {
  const { inputs, context } = wish;
  const { client } = cluster;
  const seen = await lookAtTenant(client, inputs.tenant);
  await assertTenant(wish, seen, { cluster, mode: "run", signal: context.signal });
  const zones = await readZones(client, inputs.bridges ?? []);
  const plan = planTenant(inputs, seen, { zones, secret: wish.recorded?.tokenSecret });
  return await makeTenant({ ...wish, client, seen, plan });
}

/** What is refused is refused here already; what is previewed after it knows the limits that there will be. */
async function preview(
  { inputs, recorded }: Previewed<TenantPoolInputs, TenantPoolState>,
  context: ResourceContext,
): Promise<Partial<TenantPoolState>> {
  const cluster = await context.cluster(inputs.cluster);
  const { tenant } = inputs;
  const seen = await lookAtTenant(cluster.client, tenant);
  const wish = { inputs, recorded: recorded?.state, urn: context.urn };
  await assertTenant(wish, seen, { cluster, mode: "preview" });
  expectTenant(cluster, { tenant, limits: readLimits(inputs.limits), urn: context.urn });
  const { pool, tokenId } = namesOf(tenant);
  return { pool, tokenId };
}

function diff({ state, inputs }: Wanted<TenantPoolInputs, TenantPoolState>): Difference {
  const changes = diffProperties(tenantPoolKind, state, inputs);
  const isDrifted = (state.drift ?? []).length > 0;
  return { changes: isDrifted ? [...changes, { path: "drift", kind: "delete" }] : changes };
}

/** The handler as the doors serve it. */
export const tenantPool = tenantPoolWith();
