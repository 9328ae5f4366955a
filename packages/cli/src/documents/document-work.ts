import { hostname, userInfo } from "node:os";
import type { OpenCluster } from "@coppice/clusters";
import { type ClusterCapacity, CoppiceError, type Properties } from "@coppice/core";
import type { Engine, EngineEvent, OperationParts, OperationTalk, TenantMembers } from "@coppice/engine";
import type { PveClient } from "@coppice/pve";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { Screen } from "../output/screen.ts";
import { exitCodes } from "./exit-codes.ts";
import { packageVersions } from "./package-versions.ts";
import { stopSignals } from "./stop-signals.ts";

/** What a command that works with documents has at hand. */
export interface DocumentWork {
  readonly parts: OperationParts;
  readonly talk: OperationTalk;
  readonly screen: Screen;
  readonly environment: NodeJS.ProcessEnv;
  /** Begins to open the ledger beside a preview, for what will need it. */
  readonly warmLedger: () => void;
  /** Who works, as the history and those who wait will read it. */
  readonly who: string;
}

/**
 * Makes everything ready for work with documents, and gives it back at the end. Progress goes to the error stream, so that
 * what a command prints can be kept. The exit code is the answer: one that was asked to stop says so, wherever it was.
 */
export async function withDocumentWork(
  clusters: Properties,
  work: (at: DocumentWork) => Promise<number>,
): Promise<number> {
  const environment = process.env;
  const options = await openEngineOptions(environment);
  const screen = new Screen(process.stderr);
  const stopping = stopSignals((line) => screen.line(line));
  const { LedgerUse, startEngine } = await import("@coppice/engine");
  const ledger = new LedgerUse({ home: options.home, environment, signal: stopping.signal });
  let engine: Engine | undefined;
  try {
    engine = await startEngine(options);
    const { run } = engine;
    const parts: OperationParts = {
      ...options,
      ledger,
      run: async (order, talk) => await run(order, talk).finally(() => stopping.ended()),
      guestsOf: async (cluster) => await guestsOf({ cluster, clusters, environment }),
      capacityOf: async (cluster, signal) => await capacityOf({ cluster, clusters, environment }, signal),
      tenantUse: async (of, signal) => await tenantUse({ ...of, clusters, environment }, signal),
      knock: async (cluster, signal) => await knock({ cluster, clusters, environment }, signal),
      versions: { ...packageVersions(), ...(options.version !== undefined && { pulumi: options.version }) },
    };
    const talk: OperationTalk = {
      tell: (event) => show(screen, event),
      signal: stopping.signal,
      started: (pid) => stopping.started(pid),
      waits: (holder) => {
        const by = holder === undefined ? "" : ` by ${holder.who} on ${holder.host} since ${holder.since}`;
        screen.line(`The stack is in use${by}; waiting for it.`);
      },
      takenUp: () => screen.line(TAKEN_UP),
    };
    const warmLedger = (): void => ledger.warm();
    const code = await work({ parts, talk, screen, environment, warmLedger, who: whoAmI() });
    return stopping.signal.aborted ? exitCodes.cancelled : code;
  } finally {
    engine?.stop();
    await ledger.close();
    stopping.end();
    screen.end();
  }
}

/** Whoever has the stack carries out what waits for it together with his own. */
const TAKEN_UP =
  "It was taken up by the run that has the stack, and may be carried out there: look with `coppice history`.";

function show(screen: Screen, event: EngineEvent): void {
  if (event.kind === "progress") screen.progress(event.progress);
}

/** In a container the account may have a number and no name. */
function whoAmI(): string {
  return `${accountName() ?? `uid ${process.getuid?.()}`}@${hostname()}`;
}

function accountName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // Node throws where nothing is said of the account.
    return undefined;
  }
}

interface Way {
  readonly cluster: string;
  readonly clusters: Properties;
  readonly environment: NodeJS.ProcessEnv;
}

async function guestsOf(way: Way): Promise<readonly number[]> {
  const { listGuestResources } = await import("@coppice/pve");
  return await withClient(way, async (client) => (await listGuestResources(client)).map(({ vmid }) => vmid));
}

async function capacityOf(way: Way, signal: AbortSignal): Promise<ClusterCapacity> {
  const { readCapacity } = await import("@coppice/clusters");
  return await withClient(way, async (client) => await readCapacity({ client }, signal));
}

async function tenantUse(
  way: Way & { readonly tenant: string },
  signal: AbortSignal,
): Promise<TenantMembers | undefined> {
  const { amountsOf, readWholeUse } = await import("@coppice/clusters");
  const use = await withCluster(way, async (cluster) => await readWholeUse(cluster, way.tenant, signal));
  if (use === undefined) return undefined;
  const members = use.members.map((each) => ({
    vmid: each.vmid,
    ...(each.name !== undefined && { name: each.name }),
    amounts: amountsOf([each]),
  }));
  return { limits: use.limits, members };
}

/** Longest time that a cluster is waited for which nobody needs. */
const PATIENCE = 10_000;

/** Who is not known there is not told its version either. */
async function knock(way: Way, signal: AbortSignal): Promise<void> {
  const { readVersion } = await import("@coppice/pve");
  const late = AbortSignal.timeout(PATIENCE);
  try {
    const inTime = AbortSignal.any([signal, late]);
    await withClient(way, async (client) => void (await readVersion(client, inTime)));
  } catch (error) {
    // Whoever waits for its turn to ask ends with the signal's own reason.
    if (error !== late.reason) throw error;
    throw new CoppiceError("pve.timeout", {
      what: `The cluster '${way.cluster}' did not answer within ${PATIENCE / 1000} seconds`,
      wayOut: "Look whether it is there and not too busy, then try again",
    });
  }
}

async function withClient<T>(way: Way, work: (client: PveClient) => Promise<T>): Promise<T> {
  return await withCluster(way, async ({ client }) => await work(client));
}

async function withCluster<T>(
  { cluster, clusters, environment }: Way,
  work: (open: OpenCluster) => Promise<T>,
): Promise<T> {
  const { openClusters } = await import("@coppice/clusters/connections");
  const options = { secret: false, environment, folder: process.cwd() };
  const open = await (await openClusters(clusters, options)).get(cluster);
  try {
    return await work(open);
  } finally {
    await open.client.close();
  }
}
