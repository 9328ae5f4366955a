import type { ClusterCapacity, Properties } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import type { Environment } from "../home/home-folder.ts";
import type { LeaseRequest } from "../lease/lease.ts";
import type { LedgerUse } from "../ledger/ledger-use.ts";
import type { TenantMembers } from "../ledger/tenant-use.ts";
import type { RunOrder } from "../run/run-order.ts";
import type { RunOutcome } from "../run/run-outcome.ts";
import type { EngineOptions, RunTalk } from "../run/run-parts.ts";

/** What operations work with. */
export interface OperationParts extends EngineOptions {
  /** Carries out one run: an engine's, or that of workers. */
  run(order: RunOrder, talk: RunTalk): Promise<RunOutcome>;
  /** Numbers of all guests of a cluster. */
  guestsOf(cluster: string): Promise<Iterable<number>>;
  /** What a cluster has room for: asked once, and only where machines or disks come. */
  capacityOf(cluster: string, signal: AbortSignal): Promise<ClusterCapacity>;
  /** What tenants were promised: asked for documents with a tenant alone. */
  readonly ledger: Pick<LedgerUse, "ledger">;
  /** What a tenant may use at most on a cluster, and the machines of its pool; undefined where nothing limits it. */
  tenantUse(of: TenantPlace, signal: AbortSignal): Promise<TenantMembers | undefined>;
  /** Asks a cluster something small as whoever it is used as; throws what keeps it from answering. */
  knock(cluster: string, signal: AbortSignal): Promise<void>;
  /** What runs are made with, by name: our packages and the engine. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A tenant's pool. */
export interface TenantPlace {
  readonly cluster: string;
  readonly tenant: string;
}

/** Documents, and what is known beside them. */
export interface DocumentsOrder {
  readonly documents: readonly SpecDocument[];
  /** Entries of `coppice:clusters` by name, those of registered clusters too. */
  readonly clusters: Properties;
  /** Where references to credentials find their variables. */
  readonly environment: Environment;
  /** Whether what is there is read anew first, so that what somebody else changed is brought back. */
  readonly refresh?: boolean;
  /** What the history says of it. */
  readonly message: string;
  /** Who gave the order, for the history and for those who wait. */
  readonly who: string;
}

/** Who is told what while an operation runs. */
export interface OperationTalk extends RunTalk {
  /** Is told whom it waits for, where somebody else has the stack. */
  waits?: LeaseRequest["waits"];
  /** Is told that what was called off may be carried out all the same. */
  takenUp?: LeaseRequest["takenUp"];
}
