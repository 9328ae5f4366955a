import { randomUUID } from "node:crypto";
import type { HeldLease } from "../lease/held-lease.ts";
import { clearLocksFor } from "../lease/hold-stack.ts";
import type { Lease, LeaseRequest } from "../lease/lease.ts";
import { leaseTimes } from "../lease/lease-times.ts";
import { LeaseWatch, type WatchParts } from "../lease/lease-watch.ts";
import type { StackPlace } from "../lease/stack-place.ts";
import { processBirth } from "../process/process-birth.ts";
import { OrderFiles } from "./order-files.ts";

/** How orders are carried out. */
export interface JoinedWork<Order, Outcome> {
  /** Whether another order can be carried out in the run for one's own. */
  joins(own: Order, other: Order): boolean;
  /**
   * Carries out orders in one run, as they came and one's own last, and says what became of each, in that order; undefined of
   * one that was left out. What it throws is for whoever called it. The others carry out theirs themselves, and so does
   * who was left out.
   */
  run(orders: readonly Order[], lease: Lease): Promise<readonly (Outcome | undefined)[]>;
}

/** Where orders wait, and what is seen of the leases there. */
export interface OrderParts {
  readonly place: StackPlace;
  readonly watch: WatchParts;
}

interface OwnOrder<Order> {
  readonly id: string;
  readonly order: Order;
}

/** Orders of this process for one stack. */
export class StackOrders<Order, Outcome> {
  readonly #parts: OrderParts;
  readonly #files: OrderFiles<Order, Outcome>;
  readonly #work: JoinedWork<Order, Outcome>;

  constructor(parts: OrderParts, work: JoinedWork<Order, Outcome>) {
    this.#parts = parts;
    this.#files = new OrderFiles(parts.place.orders, parts.watch.computer.id);
    this.#work = work;
  }

  /** Gives an order, and answers what became of it, whoever carried it out. */
  async give(order: Order, request: LeaseRequest): Promise<Outcome> {
    const id = randomUUID();
    const { computer } = this.#parts.watch;
    const birth = processBirth(process.pid) ?? "";
    request.signal.throwIfAborted();
    await this.#files.put(id, { who: request.who, computer: computer.id, pid: process.pid, birth, order });
    try {
      return await this.#outcome({ id, order }, request);
    } catch (error) {
      if (request.signal.aborted && !(await this.#files.callOff(id))) request.takenUp?.();
      throw error;
    } finally {
      await this.#files.remove(id);
    }
  }

  /** Waits for whichever comes first: somebody has carried it out, or it is one's own turn. */
  async #outcome(own: OwnOrder<Order>, request: LeaseRequest): Promise<Outcome> {
    const watch = new LeaseWatch(this.#parts.watch, request.who);
    let told = "";
    for (let waited = 0; ; waited += leaseTimes.look) {
      // Where that cannot be written it may be taken for dead elsewhere, and is carried out here.
      if (waited % leaseTimes.renew === 0) await this.#files.renew(own.id).catch(() => undefined);
      const answered = await this.#files.outcome(own.id);
      if (answered !== undefined) return answered.outcome;
      const found = await watch.look();
      if ("lease" in found) return await this.#holding(found.lease, own, request);
      const { id: holder = "unknown" } = found.holder ?? {};
      if (holder !== told) request.waits?.(found.holder);
      told = holder;
      await watch.pause(request.signal);
    }
  }

  async #holding(lease: HeldLease, own: OwnOrder<Order>, { signal }: LeaseRequest): Promise<Outcome> {
    const { place, watch } = this.#parts;
    try {
      // The holder before has answered before it gave the lease back.
      const answered = await this.#files.outcome(own.id);
      if (answered !== undefined) return answered.outcome;
      await clearLocksFor(lease, watch, { place, signal });
      return await this.#run(own, lease, signal);
    } finally {
      await lease.release();
    }
  }

  async #run(own: OwnOrder<Order>, lease: Lease, signal: AbortSignal): Promise<Outcome> {
    const open = await this.#files.others(own.id);
    const others: typeof open = [];
    for (const each of open) {
      if (this.#work.joins(own.order, each.order) && (await this.#files.take(each.id))) others.push(each);
    }
    const orders = [...others.map(({ order }) => order), own.order];
    const outcomes = [...(await this.#work.run(orders, lease))];
    const mine = outcomes.pop();
    if (mine === undefined || outcomes.length !== others.length) {
      throw new Error("a run did not say what became of each order");
    }
    lease.lost.throwIfAborted();
    // What one person called off is not called off for the others: they carry out theirs themselves.
    if (!signal.aborted) await this.#tell(others, outcomes);
    return mine;
  }

  async #tell(
    others: readonly { readonly id: string }[],
    outcomes: readonly (Outcome | undefined)[],
  ): Promise<void> {
    for (const [index, outcome] of outcomes.entries()) {
      const id = others[index]?.id;
      if (id !== undefined && outcome !== undefined) await this.#files.answer(id, outcome);
    }
  }
}
