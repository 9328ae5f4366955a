import type { StepHook } from "@coppice/clusters";
import {
  type BaseGenerationState,
  type Generation,
  mistakesText,
  type OverlayPoolInputs,
  type OverlayPoolState,
  type SeatPlace,
} from "@coppice/core";
import type { EmulatorOptions } from "@coppice/emulator";
import { type ContextOptions, EmulatedCluster, type RecordedContext } from "@coppice/testkit";
import type { Properties } from "../../packages/core/src/properties.ts";
import type {
  Difference,
  Outcome,
  ResourceHandler,
} from "../../packages/provider/src/kit/resource-handler.ts";
import { baseGenerationWith } from "../../packages/provider/src/resources/base-generation/base-generation.ts";
import { overlayPoolWith } from "../../packages/provider/src/resources/overlay-pool/overlay-pool.ts";

/** What a story may change about a call of a handler. */
export interface CallOptions extends ContextOptions {
  readonly hook?: StepHook;
  /** The resource's Pulumi name. @default "lab" */
  readonly name?: string;
  /** Told of the call's context before it starts, so that a test can cancel it. */
  readonly began?: (context: RecordedContext) => void;
}

/** A call's outcome as the engine would keep it, and what the call said meanwhile. */
export interface Called extends Outcome<OverlayPoolState> {
  readonly context: RecordedContext;
}

/** A class of an emulated cluster, driven through the handlers as the engine drives them. */
export class ClassLab {
  readonly cluster: EmulatedCluster;

  private constructor(cluster: EmulatedCluster) {
    this.cluster = cluster;
  }

  static async start(options: EmulatorOptions = {}): Promise<ClassLab> {
    return new ClassLab(await EmulatedCluster.start(options));
  }

  /** Makes a generation; the usual one is template 9000 where it lies. */
  async generation(
    inputs: object = {},
    { hook, ...options }: CallOptions = {},
  ): Promise<BaseGenerationState> {
    const context = this.#context("BaseGeneration", options);
    const handler = baseGenerationWith(hook);
    const { state } = await handler.create(checked(handler, { ...generationInputs, ...inputs }), context);
    return kept<BaseGenerationState>(state);
  }

  async previewGeneration(inputs: object) {
    const context = this.#context("BaseGeneration", {});
    const handler = baseGenerationWith();
    const wanted = { inputs: checked(handler, { ...generationInputs, ...inputs }) };
    return { outputs: await handler.preview(wanted, context), context };
  }

  /** Changes what can change of a generation in place. */
  async changeGeneration(state: BaseGenerationState, inputs: object): Promise<BaseGenerationState> {
    const handler = baseGenerationWith();
    const wanted = checked(handler, { ...generationInputs, ...inputs });
    const recorded = { id: "generation", state: json(state) };
    const outcome = await handler.update(
      { ...recorded, inputs: wanted },
      this.#context("BaseGeneration", {}),
    );
    return kept<BaseGenerationState>(outcome.state);
  }

  async removeGeneration(state: BaseGenerationState, { hook, ...options }: CallOptions = {}) {
    const context = this.#context("BaseGeneration", options);
    await baseGenerationWith(hook).delete({ id: "generation", state: json(state) }, context);
    return context;
  }

  /** Creates the pool, or brings a recorded one to the inputs. */
  async bring(
    inputs: OverlayPoolInputs,
    state?: OverlayPoolState,
    options: CallOptions = {},
  ): Promise<Called> {
    const { hook, name = "lab" } = options;
    const context = this.#context("OverlayPool", options);
    const handler = overlayPoolWith(hook);
    const wanted = checked(handler, inputs);
    const outcome =
      state === undefined
        ? await handler.create(wanted, context)
        : await handler.update({ id: name, inputs: wanted, state: json(state) }, context);
    const recorded = kept<OverlayPoolState>(outcome.state);
    return { state: recorded, context, ...(outcome.unfinished && { unfinished: outcome.unfinished }) };
  }

  diff(inputs: OverlayPoolInputs, state: OverlayPoolState): Difference {
    const handler = overlayPoolWith();
    return handler.diff({ id: "lab", inputs: checked(handler, inputs), state: json(state) });
  }

  async preview(inputs: OverlayPoolInputs, state?: OverlayPoolState, options: CallOptions = {}) {
    const context = this.#context("OverlayPool", options);
    const recorded = state === undefined ? {} : { recorded: { id: "lab", state: json(state) } };
    const handler = overlayPoolWith();
    const outputs = await handler.preview({ inputs: checked(handler, inputs), ...recorded }, context);
    return { outputs, context };
  }

  async read(state: OverlayPoolState, options: CallOptions = {}): Promise<OverlayPoolState> {
    const context = this.#context("OverlayPool", options);
    const found = await overlayPoolWith().read({ id: "lab", state: json(state) }, context);
    if (found === undefined) throw new Error("the pool is gone");
    return kept<OverlayPoolState>(found.state);
  }

  async destroy(state: OverlayPoolState, { hook, ...options }: CallOptions = {}) {
    const context = this.#context("OverlayPool", options);
    await overlayPoolWith(hook).delete({ id: options.name ?? "lab", state: json(state) }, context);
    return context;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cluster.close();
  }

  #context(type: string, { name = "lab", began, ...options }: CallOptions): RecordedContext {
    const context = this.cluster.context(type, name, options);
    began?.(context);
    return context;
  }
}

/** The numbers of the usual class. */
export const vmids = { from: 20_000, to: 20_099 };

const generationInputs = { cluster: "main", class: "lab", number: 1, source: 9000, storage: "nas", vmids };

/** A generation as a pool is told of it. */
export function baseOf(generation: BaseGenerationState): Generation {
  const { number, storage, shared, owned, copies, disks, config } = generation;
  return { number, storage, shared, owned, copies, disks, config };
}

/** Inputs of a small class on a generation. */
export function poolInputs(
  generation: BaseGenerationState,
  more: Partial<OverlayPoolInputs> = {},
): OverlayPoolInputs {
  return {
    cluster: "main",
    class: "lab",
    base: baseOf(generation),
    vmids,
    start: "never",
    startBatch: 4,
    method: "overlay",
    empty: false,
    overcommit: false,
    ...more,
  };
}

/** Where a seat's machine is; a test that asks for one that is not there is wrong. */
export function placeOf({ seats }: Pick<OverlayPoolState, "seats">, seat: string): SeatPlace {
  const place = seats[seat];
  if (place === undefined) throw new Error(`there is no seat '${seat}'`);
  return place;
}

/** Inputs as the engine hands them on: those that a handler's check answered. */
function checked(handler: ResourceHandler, given: object): Properties {
  const { inputs, mistakes } = handler.check(json(given));
  if (mistakes.length > 0) throw new Error(mistakesText("Inputs of a test", mistakes));
  return inputs;
}

/** A value as it comes back from the engine's state: undefined fields are gone. */
function json(value: object): Properties {
  return JSON.parse(JSON.stringify(value)) as Properties; // what JSON gives is JSON
}

/** What a handler returned, through JSON as the engine keeps it. */
function kept<State>(state: unknown): State {
  return JSON.parse(JSON.stringify(state)) as State; // the handler's own state
}
