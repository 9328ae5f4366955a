import type { StepHook } from "@coppice/clusters";
import { mistakesText, type TenantPoolInputs, type TenantPoolState } from "@coppice/core";
import type { EmulatorOptions } from "@coppice/emulator";
import { EmulatedCluster, type RecordedContext } from "@coppice/testkit";
import type { Properties } from "../../packages/core/src/properties.ts";
import type { ResourceHandler } from "../../packages/provider/src/kit/resource-handler.ts";
import { tenantPoolWith } from "../../packages/provider/src/resources/tenant-pool/tenant-pool.ts";

/** What a story may change about a call. */
export interface TenantCall {
  readonly hook?: StepHook;
  /** The resource's Pulumi name. @default the tenant's */
  readonly name?: string;
  /** Told of the call's context before it starts. */
  readonly began?: (context: RecordedContext) => void;
}

/** What is said of a tenant in tests. */
export type TenantSaid = Partial<Omit<TenantPoolInputs, "tenant">>;

/** Tenants of an emulated cluster, driven through the handler as the engine drives it. */
export class TenantLab {
  readonly cluster: EmulatedCluster;

  constructor(cluster: EmulatedCluster) {
    this.cluster = cluster;
  }

  static async start(options: EmulatorOptions = {}): Promise<TenantLab> {
    return new TenantLab(await EmulatedCluster.start(options));
  }

  /** Makes a tenant, or brings a recorded one to what is said. */
  async bring(
    tenant: string,
    said: TenantSaid,
    state?: TenantPoolState,
    { hook, ...call }: TenantCall = {},
  ): Promise<TenantPoolState> {
    const handler = tenantPoolWith(hook);
    const context = this.#context(tenant, call);
    const inputs = checked(handler, { ...usual, ...said, tenant });
    const made =
      state === undefined
        ? await handler.create(inputs, context)
        : await handler.update({ id: `main/${tenant}`, inputs, state: json(state) }, context);
    return kept(made.state);
  }

  async preview(tenant: string, said: object, state?: TenantPoolState, call: TenantCall = {}) {
    const handler = tenantPoolWith();
    const recorded = state === undefined ? {} : { recorded: { id: tenant, state: json(state) } };
    const inputs = checked(handler, { ...usual, ...said, tenant });
    return await handler.preview({ inputs, ...recorded }, this.#context(tenant, call));
  }

  diff(tenant: string, said: TenantSaid, state: TenantPoolState) {
    const handler = tenantPoolWith();
    const inputs = checked(handler, { ...usual, ...said, tenant });
    return handler.diff({ id: tenant, inputs, state: json(state) }).changes.map(({ path }) => path);
  }

  async read(state: TenantPoolState, call: TenantCall = {}) {
    const context = this.#context(state.tenant, call);
    const found = await tenantPoolWith().read({ id: state.tenant, state: json(state) }, context);
    return { state: found && kept(found.state), context };
  }

  async remove(state: TenantPoolState, { hook, ...call }: TenantCall = {}): Promise<void> {
    const context = this.#context(state.tenant, call);
    await tenantPoolWith(hook).delete({ id: state.tenant, state: json(state) }, context);
  }

  /** `user.cfg` without root's lines, those of the emulator's own tokens, and check sums of secrets, which nobody foresees. */
  async users(): Promise<string[]> {
    const text = await this.cluster.shell("pve1", "cat /etc/pve/user.cfg");
    const known = text.replaceAll(/\[coppice-secret [0-9a-f]+\]/g, "[coppice-secret …]");
    return known.split("\n").filter((line) => line !== "" && !line.includes("root@pam"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cluster.close();
  }

  #context(tenant: string, { name = tenant, began }: Omit<TenantCall, "hook">): RecordedContext {
    const context = this.cluster.context("TenantPool", name);
    began?.(context);
    return context;
  }
}

/** What the tenants of tests have. */
export const usual = {
  cluster: "main",
  limits: { machines: 4, cores: 8, memory: "16GiB", storage: "100GiB" },
  templates: [9000],
  storages: ["nas"],
  bridges: ["vmbr0"],
} as const;

function checked(handler: ResourceHandler, given: object): Properties {
  const { inputs, mistakes } = handler.check(json(given));
  if (mistakes.length > 0) throw new Error(mistakesText("Inputs of a test", mistakes));
  return inputs;
}

function json(value: object): Properties {
  return JSON.parse(JSON.stringify(value)) as Properties; // what JSON gives is JSON
}

function kept(state: unknown): TenantPoolState {
  return JSON.parse(JSON.stringify(state)) as TenantPoolState; // the handler's own state
}
