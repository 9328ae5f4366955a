import {
  type Failure,
  failureOf,
  type OpenCluster,
  type StepHook,
  type SteppedWork,
  type StorageFitness,
} from "@coppice/clusters";
import type { OverlayPoolInputs, OverlayPoolState, SeatException, SeatPlace } from "@coppice/core";
import type { Permissions } from "@coppice/pve";
import type { ResourceContext } from "../../../kit/resource-context.ts";
import type { ChosenMethod } from "../plan/choose-method.ts";
import type { PlannedClass, PlannedSeat } from "../plan/planned-class.ts";
import type { VmidSource } from "../plan/vmid-source.ts";

/** What a run is opened with. */
export interface RunRequest {
  readonly inputs: OverlayPoolInputs;
  readonly recorded?: OverlayPoolState | undefined;
  readonly cluster: OpenCluster;
  readonly context: ResourceContext;
  readonly hook?: StepHook;
}

/** One run over a class: what it goes by, and what it has done so far. */
export interface ClassRun extends PlannedClass, ChosenMethod, SteppedWork {
  readonly cluster: OpenCluster;
  readonly context: ResourceContext;
  readonly mark: string;
  readonly macPrefix: string;
  /** What the token may do. */
  readonly permissions: Permissions;
  /** The Proxmox pool that creates name, where the token's rights on machines do not reach all of them. */
  readonly createdInPool: string | undefined;
  /** What the storage of the data disks is good for, where the run may make some. */
  readonly dataStorage?: StorageFitness;
  readonly vmids: VmidSource;
  /** The seats that exist, and what is particular about each. Grows and shrinks as steps are done. */
  readonly seats: Map<string, SeatPlace>;
  readonly exceptions: Map<string, SeatException>;
  /** What was not done, by seat. */
  readonly unfinished: Map<string, Failure>;
}

/** Notes why a seat is not as wanted. The run goes on with the others. */
export function fail(run: ClassRun, seat: string, error: unknown): void {
  run.unfinished.set(seat, failureOf(error));
}

/** Changes what is particular about a seat; a seat about which nothing is left has no entry. */
export function note(run: ClassRun, seat: string, change: Forgetful<SeatException>): void {
  const noted = Object.entries({ ...run.exceptions.get(seat), ...change }).filter(
    ([, value]) => value !== undefined,
  );
  run.exceptions.set(seat, Object.fromEntries(noted));
}

/** A change in which `undefined` means: forget it. */
type Forgetful<Type> = { [Key in keyof Type]?: Type[Key] | undefined };

/** Whether the run was cancelled: the step in hand ends, no other starts. */
export function isCancelled(run: ClassRun): boolean {
  return run.context.signal.aborted;
}

/** The seats of a plan by the node they are on. */
export function byNode(seats: readonly PlannedSeat[]): Map<string, PlannedSeat[]> {
  return Map.groupBy(seats, (seat) => seat.node);
}
