import { defineResource } from "../resource/define-resource.ts";
import type { Outcome, ResourceHandler } from "../resource/resource-handler.ts";
import type { ResourceContext } from "../resource/resource-context.ts";
import { checkOverlayPool } from "./check-overlay-pool.ts";
import { closeRun } from "./close-run.ts";
import { converge } from "./converge.ts";
import { diffOverlayPool } from "./diff-overlay-pool.ts";
import { assertFit } from "./fitness.ts";
import { openRun, type RunRequest } from "./open-run.ts";
import { overlayPoolSchema } from "./overlay-pool-schema.ts";
import { poolCluster } from "./pool-cluster.ts";
import type { OverlayPoolInputs, OverlayPoolState } from "./pool-inputs.ts";
import type { StepHook } from "./pool-run.ts";
import { previewPool } from "./preview-pool.ts";
import { readOverlayPool } from "./read-overlay-pool.ts";

/** The handler of `OverlayPool`: the machines of a class. `hook` is for tests. */
export function overlayPoolWith(hook?: StepHook): ResourceHandler {
  return defineResource<OverlayPoolInputs, OverlayPoolState>({
    schema: overlayPoolSchema,
    check: checkOverlayPool,
    diff: ({ state, inputs }) => diffOverlayPool(inputs, state),
    preview: async ({ inputs, recorded }, context) =>
      await previewPool(await request(inputs, context, recorded?.state)),
    create: async (inputs, context) => {
      const outcome = await bring(await request(inputs, context), hook);
      return { id: inputs.class, ...outcome };
    },
    read: async ({ state }, context) => {
      if (state === undefined) return undefined;
      return await readOverlayPool(state, poolCluster(await context.cluster(state.cluster)), context);
    },
    update: async ({ inputs, state }, context) => await bring(await request(inputs, context, state), hook),
    delete: async ({ state }, context) => {
      const { count: _count, ...rest } = state;
      const { unfinished = [] } = await bring(await request({ ...rest, roster: [] }, context, state), hook);
      const [first] = unfinished;
      if (first !== undefined)
        throw new Error(`${unfinished.length} seats are left; ${first.item}: ${first.reason}`);
    },
  });
}

async function request(
  inputs: OverlayPoolInputs,
  context: ResourceContext,
  recorded?: OverlayPoolState,
): Promise<RunRequest> {
  return { inputs, recorded, context, cluster: poolCluster(await context.cluster(inputs.cluster)) };
}

/** Brings a pool to what is wanted: create, update and delete are the same work from different starts. */
async function bring(opening: RunRequest, hook: StepHook | undefined): Promise<Outcome<OverlayPoolState>> {
  const run = await openRun({ ...opening, ...(hook && { hook }) });
  await assertFit(run);
  await converge(run);
  return closeRun(run);
}

/** The handler as the doors serve it. */
export const overlayPool = overlayPoolWith();
