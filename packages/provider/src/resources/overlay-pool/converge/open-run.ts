import {
  assertSees,
  type ObservedCluster,
  ownershipMark,
  poolOfCreation,
  readCluster,
  readStorage,
  type StorageFitness,
} from "@coppice/clusters";
import type { OverlayPoolState, SeatException, SeatPlace } from "@coppice/core";
import { readMacPrefix, readPermissions } from "@coppice/pve";
import type { ClassRun, RunRequest } from "../class-run/class-run.ts";
import { afterHiddenWork } from "../interrupted/after-hidden-work.ts";
import { findUnrecorded } from "../interrupted/find-unrecorded.ts";
import { chooseMethod } from "../plan/choose-method.ts";
import { noteGone } from "../plan/note-gone.ts";
import { planClass } from "../plan/plan-class.ts";
import type { ClassPlan, PlannedSeat } from "../plan/planned-class.ts";
import { wantedNames } from "../plan/recorded-seats.ts";
import { VmidSource } from "../plan/vmid-source.ts";
import { assertOwnHome } from "../preconditions/assert-own-home.ts";

/** Reads the cluster once and plans a run. Nothing is changed yet. */
export async function openRun({ recorded: last, ...request }: RunRequest): Promise<ClassRun> {
  const { inputs, cluster, context, hook } = request;
  const mark = ownershipMark(context.urn);
  const [shown, macPrefix, permissions] = await Promise.all([
    readCluster(cluster),
    readMacPrefix(cluster.client),
    readPermissions(cluster.client),
  ]);
  const createdInPool = poolOfCreation(inputs.pool, permissions);
  const listed =
    createdInPool === undefined ? shown : await afterHiddenWork({ ...request, recorded: last }, shown);
  const recorded = last && (await withoutGone({ ...request, recorded: last }, listed));
  const observed = await findUnrecorded({ inputs, recorded, cluster, context }, listed, mark);
  // Before the plan: it would ask for other machines to be removed where they leave it no numbers.
  await assertOwnHome({ inputs, recorded, cluster, context }, observed, mark);
  const plan = planClass(inputs, recorded, observed);
  const dataStorage = await readDataStorage({ inputs, cluster }, plan);
  const taken = [...observed.guests.keys(), ...plan.seats.map(({ vmid }) => vmid)];
  return {
    inputs,
    recorded,
    cluster,
    context,
    mark,
    observed,
    plan,
    macPrefix,
    permissions,
    createdInPool,
    ...chooseMethod({ inputs, cluster, createdInPool }),
    ...(dataStorage && { dataStorage }),
    vmids: new VmidSource(inputs.vmids, taken),
    seats: livePlaces(recorded, observed),
    exceptions: recordedExceptions(recorded),
    unfinished: new Map(),
    ...(hook && { hook }),
  };
}

const SETTLED = new Set<PlannedSeat["verb"]>(["keep", "defer", "remove"]);

/** What the storage of the data disks is good for, as a node sees it where one may have to be made. */
async function readDataStorage(
  { inputs, cluster }: Pick<RunRequest, "inputs" | "cluster">,
  { seats }: ClassPlan,
): Promise<StorageFitness | undefined> {
  const { dataDisk, base } = inputs;
  const place = seats.find(({ verb, settings }) => !SETTLED.has(verb) || settings === true);
  if (dataDisk === undefined || place === undefined) return undefined;
  return await readStorage(cluster, place.node, dataDisk.storage ?? base.storage);
}

/** What is recorded, without the machines of wanted seats that are not there any more: those are made anew. */
async function withoutGone(
  { inputs, recorded, cluster }: RunRequest & { readonly recorded: OverlayPoolState },
  { guests }: ObservedCluster,
): Promise<OverlayPoolState> {
  const missing = wantedNames(inputs).flatMap((seat) => {
    const vmid = recorded.seats[seat]?.vmid;
    return vmid === undefined || guests.has(vmid) ? [] : [[seat, vmid] as const];
  });
  const vmids = missing.map(([, vmid]) => vmid);
  await assertSees(cluster.client, { of: `class '${inputs.class}'`, vmids, pool: recorded.pool });
  return noteGone(recorded, new Set(missing.map(([seat]) => seat)));
}

/** The recorded seats, each on the node where it is now. */
function livePlaces(
  recorded: OverlayPoolState | undefined,
  { guests }: ObservedCluster,
): Map<string, SeatPlace> {
  const seats = Object.entries(recorded?.seats ?? {});
  return new Map(
    seats.map(([seat, place]) => [seat, { ...place, node: guests.get(place.vmid)?.node ?? place.node }]),
  );
}

/** With every seat's generation said, since the one that goes without saying is about to change. */
function recordedExceptions(recorded: OverlayPoolState | undefined): Map<string, SeatException> {
  const seats = Object.keys(recorded?.seats ?? {});
  return new Map(
    seats.map((seat) => [seat, { generation: recorded?.generation ?? 0, ...recorded?.exceptions?.[seat] }]),
  );
}
