import { interruptionSignal, meetInterruption } from "../kernel/interruption.ts";
import { die, PveError } from "../kernel/pve-error.ts";
import type { Cluster } from "./cluster.ts";
import type { Node } from "./node.ts";
import { perCluster } from "./per-cluster.ts";

export interface LockOptions {
  /** How long to wait for it; 10 s when missing. */
  readonly timeoutMs?: number;
  readonly shared?: boolean;
  readonly signal?: AbortSignal;
}

interface Waiter {
  readonly shared: boolean;
  readonly enter: () => void;
}

class FileLock {
  #holders = 0;
  #exclusive = false;
  readonly #queue: Waiter[] = [];

  get idle(): boolean {
    return this.#holders === 0 && this.#queue.length === 0;
  }

  tryEnter(shared: boolean): boolean {
    if (this.#holders > 0 && (this.#exclusive || !shared)) return false;
    this.#holders += 1;
    this.#exclusive = !shared;
    return true;
  }

  queue(waiter: Waiter): void {
    this.#queue.push(waiter);
  }

  leaveQueue(waiter: Waiter): void {
    const at = this.#queue.indexOf(waiter);
    if (at >= 0) this.#queue.splice(at, 1);
  }

  release(): void {
    this.#holders -= 1;
    for (let next = this.#queue[0]; next !== undefined && this.tryEnter(next.shared); next = this.#queue[0]) {
      this.#queue.shift();
      next.enter();
    }
  }
}

/** The locks of one cluster; held ones can be planted by tests. */
class LockTable {
  readonly #locks = new Map<string, FileLock>();

  lock(key: string): FileLock {
    const known = this.#locks.get(key);
    if (known !== undefined) return known;
    const made = new FileLock();
    this.#locks.set(key, made);
    return made;
  }

  held(): string[] {
    return [...this.#locks].filter(([, lock]) => !lock.idle).map(([key]) => key);
  }
}

const lockTable = perCluster(() => new LockTable());

/** The keys of all locks that are held or waited for, for checks after a test. */
export function heldLocks(cluster: Cluster): string[] {
  return lockTable(cluster).held();
}

async function waitFor(cluster: Cluster, lock: FileLock, options: LockOptions): Promise<boolean> {
  const shared = options.shared ?? false;
  if (lock.tryEnter(shared)) return true;
  const giveUp = new AbortController();
  const entered = new Promise<true>((enter) => {
    const waiter: Waiter = { shared, enter: () => enter(true) };
    lock.queue(waiter);
    giveUp.signal.addEventListener("abort", () => lock.leaveQueue(waiter));
  });
  const timer = new AbortController();
  const late = cluster.clock
    .sleep(options.timeoutMs ?? 10_000, AbortSignal.any([timer.signal, cluster.stopped, ...interruptions()]))
    .then(
      () => false,
      () => false,
    );
  const won = await Promise.race([entered, late]);
  if (won) timer.abort();
  else giveUp.abort();
  return won;
}

/** Whoever waits for a lock in a stopped task waits no longer. */
function interruptions(): AbortSignal[] {
  const signal = interruptionSignal();
  return signal === undefined ? [] : [signal];
}

/**
 * Runs `work` under a node-local file lock, as `PVE::Tools::lock_file` does.
 *
 * @example await flock(cluster, node, "/var/lock/qemu-server/lock-100.conf", { timeoutMs: 5000 }, async () => …)
 */
export async function flock<T>(
  cluster: Cluster,
  node: Node,
  path: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const fault = cluster.faults.take("lock", { node: node.name, path });
  const lock = lockTable(cluster).lock(`${node.name}:${path}`);
  meetInterruption();
  if (fault !== undefined || !(await waitFor(cluster, lock, options))) {
    meetInterruption();
    die(`can't lock file '${path}' - got timeout`);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

export interface CfsLockOptions {
  /** Gets "trying to acquire cfs lock …" once for every second of waiting, as a task's log does. */
  readonly log?: ((line: string) => void) | undefined;
}

/** Polls once a second as pve-cluster does: whoever finds the lock free takes it, no queue. */
async function pollFor(cluster: Cluster, tryEnter: () => boolean, log: () => void): Promise<boolean> {
  const deadline = cluster.clock.now() + 10_000;
  meetInterruption();
  while (!tryEnter()) {
    const left = deadline - cluster.clock.now();
    if (left <= 0) return false;
    log();
    const signal = AbortSignal.any([cluster.stopped, ...interruptions()]);
    await cluster.clock.sleep(Math.min(1000, left), signal).catch((error: unknown) => {
      meetInterruption();
      throw error;
    });
  }
  return true;
}

/** The refusal comes after 9.9 s and nine attempts (docs/proxmox-facts.md#without-quorum). */
const withoutQuorum = { attempts: 9, everyMs: 1100 } as const;

/**
 * Runs `work` under a cluster-wide lock (`mkdir` below `/etc/pve/priv/lock`, pve-cluster Cluster.pm).
 *
 * @example await cfsLock(cluster, node, "storage-nas", async () => …)
 */
export async function cfsLock<T>(
  cluster: Cluster,
  node: Node,
  id: string,
  work: () => Promise<T>,
  options: CfsLockOptions = {},
): Promise<T> {
  const fault = cluster.faults.take("lock", { node: node.name, path: id });
  const log = () => options.log?.(`trying to acquire cfs lock '${id}' ...`);
  if (!cluster.quorate(node)) {
    for (let attempt = 0; attempt < withoutQuorum.attempts; attempt += 1) {
      log();
      await cluster.clock.sleep(withoutQuorum.everyMs, cluster.stopped);
    }
    throw new PveError(500, `cfs-lock '${id}' error: no quorum!`);
  }
  const lock = lockTable(cluster).lock(`cfs:${id}`);
  if (fault !== undefined || !(await pollFor(cluster, () => lock.tryEnter(false), log))) {
    throw new PveError(500, `cfs-lock '${id}' error: got lock request timeout`);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
