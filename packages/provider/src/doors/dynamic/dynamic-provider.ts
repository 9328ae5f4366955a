import type { Connect } from "@coppice/clusters";
import { CoppiceError, type Properties, systemClock } from "@coppice/core";
import { type CheckFailure, checkFailures } from "../../kit/check-failures.ts";
import { refuseOtherDoor } from "../../kit/other-door.ts";
import type { RegisteredResource } from "../../kit/registry.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { Created } from "../../kit/resource-handler.ts";
import { SharedMarks } from "../../kit/shared-marks.ts";
import { topLevelName } from "../../kit/top-level-name.ts";
import { DynamicClusters, type DynamicConfig } from "./dynamic-clusters.ts";
import {
  asProperties,
  ownProperties,
  underOrigin,
  underRecordedUrn,
  urnOf,
  withEnvelope,
} from "./dynamic-properties.ts";
import { PartialCreateError } from "./partial-create-error.ts";

/** What Pulumi's dynamic provider process calls; the shape of its `dynamic.ResourceProvider`. */
export interface DynamicProvider {
  configure(request: { readonly config: DynamicConfig }): Promise<void>;
  check(olds: unknown, news: unknown): Promise<{ inputs: Properties; failures: readonly CheckFailure[] }>;
  diff(
    id: string,
    olds: unknown,
    news: unknown,
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: unknown): Promise<{ id: string; outs: Properties }>;
  read(id: string, state: unknown): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: unknown, news: unknown): Promise<{ outs: Properties }>;
  delete(id: string, state: unknown): Promise<void>;
}

/**
 * The same handler behind Pulumi's dynamic door. That door has neither a signal nor a row for progress:
 * `context.signal` never aborts and `report` says nothing.
 */
export function dynamicProvider(resource: RegisteredResource, connect?: Connect): DynamicProvider {
  const clusters = connect === undefined ? sharedClusters : new DynamicClusters(connect);
  const contextOf = (properties: Properties): ResourceContext => dynamicContext(urnOf(properties), clusters);
  return {
    configure: async ({ config }) => clusters.configure(config),
    check: async (olds, news) => {
      const former = asProperties(olds);
      const isNew = Object.keys(former).length === 0;
      const named = isNew ? underOrigin(asProperties(news), clusters.origin) : asProperties(news);
      const given = underRecordedUrn(named, former);
      const handler = await resource.load();
      const { inputs, mistakes } = handler.check(
        ownProperties(given),
        ownProperties(former),
        systemClock.now(),
      );
      const refused = [
        ...refuseOtherDoor("dynamic", resource.kind.name, former),
        ...sharedMarks.refuseShared(urnOf(given), urnOf(asProperties(news))),
      ];
      return { inputs: withEnvelope(inputs, given), failures: [...refused, ...checkFailures(mistakes)] };
    },
    diff: async (id, olds, news) => {
      const wanted = {
        id,
        state: ownProperties(asProperties(olds)),
        inputs: ownProperties(asProperties(news)),
      };
      const difference = (await resource.load()).diff(wanted);
      if (difference.losses !== undefined) warn(difference.losses);
      return diffAnswer(difference);
    },
    ...changes(resource, contextOf),
  };
}

/** All resources of the process share their connections: one SSH connection per node is enough. */
const sharedClusters = new DynamicClusters();

/** The engine starts a process for each run, so these are the resources of one. */
const sharedMarks = new SharedMarks();

type Changes = Pick<DynamicProvider, "create" | "read" | "update" | "delete">;

function changes(
  resource: RegisteredResource,
  contextOf: (properties: Properties) => ResourceContext,
): Changes {
  return {
    create: async (inputs) => {
      const given = asProperties(inputs);
      const made = await readable((await resource.load()).create(ownProperties(given), contextOf(given)));
      return finished(made, given);
    },
    read: async (id, state) => {
      const given = asProperties(state);
      const lookup = { id, state: ownProperties(given) };
      const found = await readable((await resource.load()).read(lookup, contextOf(given)));
      if (found === undefined) return {};
      return { id, props: withEnvelope(found.state, given), inputs: withEnvelope(found.inputs, given) };
    },
    update: async (id, olds, news) => {
      const former = asProperties(olds);
      const given = underRecordedUrn(asProperties(news), former);
      const wanted = { id, state: ownProperties(former), inputs: ownProperties(given) };
      const outcome = await readable((await resource.load()).update(wanted, contextOf(given)));
      return finished({ ...outcome, id }, given);
    },
    delete: async (id, state) => {
      const given = asProperties(state);
      await readable((await resource.load()).delete({ id, state: ownProperties(given) }, contextOf(given)));
    },
  };
}

function finished(made: Created<Properties>, given: Properties): { id: string; outs: Properties } {
  const outs = withEnvelope(made.state, given);
  if (made.unfinished && made.unfinished.length > 0)
    throw new PartialCreateError(made.id, outs, made.unfinished);
  return { id: made.id, outs };
}

function diffAnswer(difference: {
  changes: readonly { path: string; replaces?: boolean }[];
  deleteBeforeReplace?: boolean;
}) {
  const replaces = difference.changes.filter((change) => change.replaces === true);
  return {
    changes: difference.changes.length > 0,
    replaces: [...new Set(replaces.map((change) => topLevelName(change.path)))],
    deleteBeforeReplace: difference.deleteBeforeReplace === true,
  };
}

/** The process prints the stack of what is thrown; so nothing but the sentence is left in it. */
async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const plain = new Error(CoppiceError.of(error).message);
    plain.stack = "";
    throw plain;
  }
}

/** The engine shows what the process writes, though not on the resource's row. */
function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}

function dynamicContext(urn: string, clusters: DynamicClusters): ResourceContext {
  return {
    urn,
    origin: clusters.origin,
    signal: new AbortController().signal,
    clock: systemClock,
    report: () => undefined,
    judge: () => undefined,
    inform: (message) => process.stdout.write(`${message}\n`),
    warn,
    cluster: async (name) => await clusters.get(name),
  };
}
