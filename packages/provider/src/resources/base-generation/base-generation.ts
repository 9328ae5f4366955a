import type { StepHook } from "@coppice/clusters";
import {
  type BaseGenerationInputs,
  type BaseGenerationState,
  baseGenerationKind,
  copyFor,
  isUnknown,
} from "@coppice/core";
import { defineResource } from "../../kit/define-resource.ts";
import { diffProperties } from "../../kit/diff-properties.ts";
import { inputsOf } from "../../kit/inputs-of.ts";
import type { Difference, ResourceHandler, Wanted } from "../../kit/resource-handler.ts";
import { countsByOne } from "./counts-by-one.ts";
import { holdCopies } from "./hold-copies.ts";
import { isGeneration, makeGeneration, openGeneration } from "./make-generation.ts";
import { previewGeneration } from "./preview-generation.ts";
import { readGeneration } from "./read-generation.ts";
import { removeGeneration } from "./remove-generation.ts";
import { retagCopies } from "./retag-copies.ts";
import { settleCopies } from "./settle-copies.ts";

/** The handler of `BaseGeneration`: an immutable, numbered base of a class. `hook` is for tests. */
export function baseGenerationWith(hook?: StepHook): ResourceHandler {
  return defineResource<BaseGenerationInputs, BaseGenerationState>({
    kind: baseGenerationKind,
    diff,
    checkChange: countsByOne,
    // A copy is the same in whatever pool, and one that is still to be made cannot be asked for.
    assume: ({ inputs: { pool, ...inputs } }) =>
      isUnknown(pool) || pool === undefined ? inputs : { ...inputs, pool },
    preview: async ({ inputs, recorded }, context) => {
      if (recorded !== undefined) {
        const cluster = await context.cluster(inputs.cluster);
        const { pool: former, ...kept } = recorded.state;
        await holdCopies({ ...kept, ...inputs }, { former, mode: "preview" }, { cluster, context });
        return recorded.state;
      }
      return await previewGeneration(inputs, await context.cluster(inputs.cluster), context);
    },
    create: async (inputs, context) => {
      const cluster = await context.cluster(inputs.cluster);
      const opened = await openGeneration({ inputs, cluster, context, mode: "run", ...(hook && { hook }) });
      const generation = isGeneration(opened) ? opened : await makeGeneration(opened);
      return { id: `${inputs.class}/${inputs.number}`, state: { ...inputs, ...generation } };
    },
    read: async ({ state }, context) => {
      if (state === undefined) return undefined;
      const found = await readGeneration(state, await context.cluster(state.cluster));
      return found && { inputs: inputsOf(baseGenerationKind, found), state: found };
    },
    // Only `vmids`, `nodes`, `pool`, `tenant` and `overcommit` can change in place, and none of them moves what exists.
    update: async ({ inputs, state }, context) => {
      const { nodes: _nodes, pool, tenant, ...kept } = state;
      const wanted = { ...kept, ...inputs };
      const cluster = await context.cluster(inputs.cluster);
      const release = await holdCopies(wanted, { former: pool, mode: "run" }, { cluster, context });
      await settleCopies(wanted, pool, cluster).finally(release);
      await retagCopies(wanted, tenant, cluster);
      return { state: wanted };
    },
    delete: async ({ state }, context) => {
      const cluster = await context.cluster(state.cluster);
      await removeGeneration(state, { cluster, context, ...(hook && { hook }) });
    },
  });
}

/** A generation never changes: another source or number is another one, made before the old one leaves. */
function diff({ state, inputs }: Wanted<BaseGenerationInputs, BaseGenerationState>): Difference {
  const changes = diffProperties(baseGenerationKind, state, inputs);
  const lacks = (inputs.nodes ?? []).some((node) => copyFor(state, node) === undefined);
  return {
    changes: changes.map((change) =>
      change.path.startsWith("nodes") && lacks ? { ...change, replaces: true } : change,
    ),
  };
}

/** The handler as the doors serve it. */
export const baseGeneration = baseGenerationWith();
