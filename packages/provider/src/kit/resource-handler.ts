import type { Unfinished } from "@coppice/clusters";
import type { Kind, Mistake, Properties } from "@coppice/core";
import type { ResourceContext } from "./resource-context.ts";

/** Inputs with defaults filled in, or everything that is wrong with them. */
export interface CheckResult<Inputs> {
  readonly inputs: Inputs;
  readonly mistakes: readonly Mistake[];
}

/** One difference between what is recorded and what is wanted. */
export interface PropertyChange {
  /** Path of the item, for example `files["a.txt"]`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  /** The change needs a new resource. */
  readonly replaces?: boolean;
}

/** What an update would change. No changes: nothing to do. */
export interface Difference {
  readonly changes: readonly PropertyChange[];
  /** The old resource must be gone before the new one is made. */
  readonly deleteBeforeReplace?: boolean;
  /** What is lost by it, in words. For where no preview of an update says so: a replacement, and the dynamic door. */
  readonly losses?: string;
}

/** What a create or update left behind. With `unfinished`, the rest is kept and the run fails by name. */
export interface Outcome<State> {
  readonly state: State;
  readonly unfinished?: readonly Unfinished[];
}

/** What a create made. */
export interface Created<State> extends Outcome<State> {
  readonly id: string;
}

/** What a read found. */
export interface Found<Inputs, State> {
  readonly inputs: Inputs;
  readonly state: State;
}

/** An existing resource: its id and what is recorded of it. */
export interface Recorded<State> {
  readonly id: string;
  readonly state: State;
}

/** An existing resource and what it should become. */
export interface Wanted<Inputs, State> extends Recorded<State> {
  readonly inputs: Inputs;
}

/** What a preview has to go by; `recorded` is absent before the first create. */
export interface Previewed<Inputs, State> {
  readonly inputs: Inputs;
  readonly recorded?: Recorded<State> | undefined;
}

/** What a read has to go by; an import has nothing but the id. */
export interface Lookup<Inputs, State> {
  readonly id: string;
  readonly inputs?: Inputs;
  readonly state?: State;
}

/**
 * One kind of resource: plain functions that know neither gRPC nor Pulumi's SDK.
 * Write one with {@link defineResource}.
 */
export interface ResourceHandler<
  Inputs extends Properties = Properties,
  State extends Properties = Properties,
> {
  readonly kind: Kind;
  /**
   * Pure: no I/O. `former` are the inputs that a resource was last given; absent for a new one. `now` is the time in
   * milliseconds since 1970; without it nothing has passed.
   */
  check(inputs: Inputs, former?: Properties, now?: number): CheckResult<Inputs>;
  /** Pure: compares what is recorded, not the old inputs, so that unfinished parts are seen. */
  diff(wanted: Wanted<Inputs, State>): Difference;
  /** The outputs that are known before the work is done; at most five GETs, and one of each node that loses machines. The others stay unknown. */
  preview(previewed: Previewed<Inputs, State>, context: ResourceContext): Promise<Properties>;
  create(inputs: Inputs, context: ResourceContext): Promise<Created<State>>;
  /** Undefined: it is gone. */
  read(lookup: Lookup<Inputs, State>, context: ResourceContext): Promise<Found<Inputs, State> | undefined>;
  update(wanted: Wanted<Inputs, State>, context: ResourceContext): Promise<Outcome<State>>;
  /** Deleting what is gone succeeds. */
  delete(recorded: Recorded<State>, context: ResourceContext): Promise<void>;
}
