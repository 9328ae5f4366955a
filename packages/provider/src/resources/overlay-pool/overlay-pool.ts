import { type StepHook, type Unfinished } from "@coppice/clusters";
import {
  CoppiceError,
  isUnknown,
  type OverlayPoolInputs,
  type OverlayPoolState,
  overlayPoolKind,
  pastExpiry,
  readOverlayPoolState,
} from "@coppice/core";
import { defineResource } from "../../kit/define-resource.ts";
import { inputsOf } from "../../kit/inputs-of.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { Outcome, ResourceHandler } from "../../kit/resource-handler.ts";
import { unfinishedLines } from "../../kit/unfinished-lines.ts";
import { withAddresses } from "./addresses/ask-addresses.ts";
import type { ClassRun, RunRequest } from "./class-run/class-run.ts";
import { closeRun } from "./converge/close-run.ts";
import { converge } from "./converge/converge.ts";
import { openRun } from "./converge/open-run.ts";
import { diffOverlayPool } from "./diff-overlay-pool.ts";
import { assumeInputs } from "./plan/assume-inputs.ts";
import { describePlan } from "./plan/describe-plan.ts";
import { foreignWords } from "./plan/foreign-words.ts";
import { assertPossible } from "./preconditions/assert-possible.ts";
import { previewPool } from "./preview-class.ts";
import { readOverlayPool } from "./read-overlay-pool.ts";

/** The handler of `OverlayPool`: the machines of a class. `hook` is for tests. */
export function overlayPoolWith(hook?: StepHook): ResourceHandler {
  return defineResource<OverlayPoolInputs, OverlayPoolState>({
    kind: overlayPoolKind,
    migrate: readOverlayPoolState,
    checkTime: (former, { expires }, now) =>
      isUnknown(expires) ? [] : pastExpiry(expires, former["expires"], now),
    diff: ({ state, inputs }) => diffOverlayPool(inputs, state),
    assume: ({ inputs, recorded }) => assumeInputs(inputs, recorded?.state),
    preview: async ({ inputs, recorded }, context) =>
      await previewPool(await request(inputs, context, recorded?.state)),
    create: async (inputs, context) => {
      const outcome = await bring(await request(inputs, context), hook);
      return { id: inputs.class, ...outcome };
    },
    read: async ({ state }, context) => {
      if (state === undefined) return undefined;
      const cluster = await context.cluster(state.cluster);
      const found = await readOverlayPool(state, cluster, context);
      const asking = { client: cluster.client, signal: context.signal, of: "read" } as const;
      return { ...found, state: await withAddresses(found.state, Object.keys(found.state.seats), asking) };
    },
    update: async ({ inputs, state }, context) => {
      const opening = await request(inputs, context, state);
      const outcome = await bring(opening, hook);
      // A system that is only starting has no agent yet; one that was there before may have.
      const stayed = Object.entries(outcome.state.seats).filter(
        ([seat, { vmid }]) => state.seats[seat]?.vmid === vmid,
      );
      const asking = { client: opening.cluster.client, signal: context.signal, of: "run" } as const;
      return {
        ...outcome,
        state: await withAddresses(
          outcome.state,
          stayed.map(([seat]) => seat),
          asking,
        ),
      };
    },
    delete: async ({ state }, context) => {
      const { count: _count, ...rest } = inputsOf<OverlayPoolInputs>(overlayPoolKind, state);
      const { unfinished = [] } = await bring(
        await request({ ...rest, roster: [], empty: true }, context, state),
        hook,
      );
      if (unfinished.length > 0) throw leftovers(state, unfinished);
    },
  });
}

/** Nothing says less than "partly deleted": each seat that is left is named with its reason. */
function leftovers(
  { class: name, seats }: OverlayPoolState,
  unfinished: readonly Unfinished[],
): CoppiceError {
  return new CoppiceError("pool.leftovers", {
    what: `${unfinished.length} of ${Object.keys(seats).length} seats of class '${name}' were not removed`,
    why: unfinishedLines(unfinished).join("; "),
    wayOut: "Put right what stands in the way and destroy it again: what is gone already is no problem",
  });
}

async function request(
  inputs: OverlayPoolInputs,
  context: ResourceContext,
  recorded?: OverlayPoolState,
): Promise<RunRequest> {
  return { inputs, recorded, context, cluster: await context.cluster(inputs.cluster) };
}

/** Brings a class to what is wanted: create, update and delete are the same work from different starts. */
async function bring(opening: RunRequest, hook: StepHook | undefined): Promise<Outcome<OverlayPoolState>> {
  const run = await openRun({ ...opening, ...(hook && { hook }) });
  warnOfForeignGuests(run);
  const { release } = await assertPossible(run, "run");
  await converge(run).finally(release);
  const { restart } = describePlan(run);
  if (restart !== undefined) run.context.warn(restart);
  return closeRun(run);
}

/** Said where numbers are given out. */
function warnOfForeignGuests(run: ClassRun): void {
  if (!run.plan.seats.some(({ verb }) => verb === "make")) return;
  for (const warning of foreignWords(run)) run.context.warn(warning);
}

/** The handler as the doors serve it. */
export const overlayPool = overlayPoolWith();
