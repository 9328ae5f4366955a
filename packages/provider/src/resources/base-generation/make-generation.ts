import {
  holdRoom,
  type ObservedCluster,
  type OpenCluster,
  ownershipMark,
  type PoolReading,
  readCluster,
  readStorage,
  readTraces,
  reported,
  runOrders,
  type StepHook,
  storageOrders,
  unknownNodes,
  waitForTasks,
} from "@coppice/clusters";
import {
  type BaseGenerationInputs,
  CoppiceError,
  type Generation,
  type GenerationCopy,
  type GenerationDisk,
} from "@coppice/core";
import { readGuestConfig } from "@coppice/pve";
import type { ResourceContext } from "../../kit/resource-context.ts";
import { assertMayCopy } from "./assert-may-copy.ts";
import { copyOnto } from "./copy-generation.ts";
import { findSource } from "./find-source.ts";
import { FreeNumbers } from "./free-numbers.ts";
import { generationRoom } from "./generation-room.ts";
import { type GenerationRun, generationItem } from "./generation-run.ts";
import { filesOf, generationInPlace } from "./in-place.ts";
import { inheritedConfig } from "./inherited-config.ts";
import { keepFinished } from "./keep-finished.ts";
import { type SourceDisk, sourceDisks } from "./source-disks.ts";

/** What a generation's making is opened with. */
export interface GenerationRequest {
  readonly inputs: BaseGenerationInputs;
  readonly cluster: OpenCluster;
  readonly context: ResourceContext;
  readonly mode: PoolReading["mode"];
  readonly hook?: StepHook;
}

/** Looks at source and storage. With a generation in place there is nothing to make; else a run that makes it. */
export async function openGeneration(request: GenerationRequest): Promise<Generation | GenerationRun> {
  const { inputs, cluster, context } = request;
  const early = await readCluster(cluster);
  const shown = early.guests.get(inputs.source);
  if (shown !== undefined) await waitForTasks(cluster, shown, "qmclone", context);
  const observed = shown === undefined ? early : await readCluster(cluster);
  const source = await findSource(cluster, observed, inputs);
  const storage = await readStorage(cluster, source.guest.node, inputs.storage);
  const nodes =
    inputs.nodes ?? observed.nodes.flatMap(({ node, state }) => (state === "online" ? [node] : []));
  const inPlace = generationInPlace(inputs, source, storage, nodes);
  if (inPlace !== undefined) return inPlace;
  if (!storage.shared) assertNodesExist(inputs, observed);
  const copied = storage.shared ? [source.guest.node] : nodes;
  const copying = { inputs, cluster, source, nodes: copied, observed, storage };
  const pool = await assertMayCopy(copying, request.mode);
  const traces = await readTraces(cluster);
  const numbers = new FreeNumbers(inputs.vmids, observed, traces);
  const room = generationRoom(
    { ...copying, numbers: new FreeNumbers(inputs.vmids, observed, traces) },
    context.urn,
  );
  return {
    inputs,
    cluster,
    context,
    mark: ownershipMark(context.urn),
    observed,
    source,
    nodes: copied,
    shared: storage.shared,
    hasFiles: storage.hasFiles,
    release: pool === undefined ? () => undefined : await holdRoom(cluster, pool, room, context),
    takeVmid: () => numbers.takeHighest((warning) => context.warn(warning)),
    ...(request.hook && { hook: request.hook }),
  };
}

/** Where a storage is shared, one copy serves even nodes that a cluster is still to get; a pool there needs one that is. */
function assertNodesExist(inputs: BaseGenerationInputs, observed: ObservedCluster): void {
  const unknown = unknownNodes(inputs.cluster, inputs.nodes ?? [], observed);
  if (unknown === undefined) return;
  const what = `Generation ${inputs.number} of class '${inputs.class}' cannot be made`;
  throw new CoppiceError("pool.no-node", { what, ...unknown });
}

/** Whether opening found that nothing has to be made. */
export function isGeneration(opened: Generation | GenerationRun): opened is Generation {
  return "copies" in opened;
}

/** Copies the source to every node that needs a copy of its own. */
export async function makeGeneration(run: GenerationRun): Promise<Generation> {
  return await copyToAll(run).finally(run.release);
}

async function copyToAll(run: GenerationRun): Promise<Generation> {
  const copies: Record<string, GenerationCopy> = {};
  let disks: SourceDisk[] = [];
  const kept = await keepFinished(run);
  for (const node of run.nodes) {
    const place = kept.get(node) ?? (await copyOnto(run, node));
    disks = sourceDisks((await readGuestConfig(run.cluster.client, place)).values);
    copies[node] = { vmid: place.vmid, files: filesOf(disks) };
  }
  return {
    number: run.inputs.number,
    storage: run.inputs.storage,
    shared: run.shared,
    owned: true,
    copies,
    disks: await withHashes(run, disks, copies),
    config: inheritedConfig(run.source.config.values),
  };
}

/** The content of a base as the node reads it; without SSH there is no hash. */
async function withHashes(
  run: GenerationRun,
  disks: readonly SourceDisk[],
  copies: Readonly<Record<string, GenerationCopy>>,
): Promise<GenerationDisk[]> {
  const plain = disks.map(({ slot, format, size }) => ({ slot, format, size }));
  const [node, copy] = Object.entries(copies)[0] ?? [];
  if (node === undefined || copy === undefined || !run.hasFiles || run.cluster.ssh(node) === undefined)
    return plain;
  const orders = disks.map(({ slot, file }) => ["hash", slot, copy.vmid, file] as const);
  const hashing = { verb: "hash", item: generationItem(run.inputs), node } as const;
  const answers = await reported(run.context, hashing, () =>
    runOrders(run.cluster, node, [...storageOrders(run.mark, run.inputs.storage), ...orders]),
  );
  return plain.map((disk) => {
    const answer = answers.get(disk.slot);
    return answer?.word === "ok" ? { ...disk, hash: answer.detail } : disk;
  });
}
