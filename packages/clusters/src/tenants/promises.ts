import { type Amounts, addAmounts } from "@coppice/core";
import type { OpenCluster } from "../connection/open-cluster.ts";

/** What a run of this process may come to take of a pool, from when it was let through until it has ended. */
interface Promised {
  readonly poolid: string;
  readonly vmids: ReadonlySet<number>;
  readonly amounts: Amounts;
  ended?: number;
}

/** What the other runs of this process were promised of a pool. */
export interface OtherRuns {
  readonly amounts: Amounts;
  /** Their machines, which are counted by the promise, however many of them there are by now. */
  readonly vmids: ReadonlySet<number>;
}

/**
 * What runs of this process were promised, so that classes of one `pulumi up`, which are made at the same time, count each
 * other. A promise counts until a reading that began after its end: that one has the machines themselves.
 */
export class Promises {
  readonly #held = new Map<string, Promised>();
  #time = 0;

  /** The moment at which a reading begins. */
  begin(): number {
    this.#time += 1;
    return this.#time;
  }

  /** What others hold of a pool, or held while a reading went on. */
  others(urn: string, { poolid, began }: { readonly poolid: string; readonly began: number }): OtherRuns {
    const counted = [...this.#held].flatMap(([holder, held]) => {
      const counts = held.ended === undefined || held.ended > began;
      return holder !== urn && held.poolid === poolid && counts ? [held] : [];
    });
    return {
      amounts: addAmounts(...counted.map(({ amounts }) => amounts)),
      vmids: new Set(counted.flatMap(({ vmids }) => [...vmids])),
    };
  }

  /** Holds what a run may take until what is returned is called. */
  hold(urn: string, promised: Omit<Promised, "ended">): () => void {
    const held: Promised = { ...promised };
    this.#held.set(urn, held);
    return () => {
      held.ended = this.begin();
    };
  }
}

/** What runs and previews know of each other; a preview takes nothing from a run. */
interface Held {
  readonly run: Promises;
  readonly preview: Promises;
}

const ofClusters = new WeakMap<OpenCluster, Held>();

/** What is promised of a cluster, as long as it is open. */
export function promisesOf(cluster: OpenCluster, mode: keyof Held): Promises {
  const held = ofClusters.get(cluster) ?? { run: new Promises(), preview: new Promises() };
  ofClusters.set(cluster, held);
  return held[mode];
}
