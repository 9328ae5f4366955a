import type { Cluster } from "../cluster/cluster.ts";
import { perCluster } from "../cluster/per-cluster.ts";

export type HistoryRow = { readonly time: number } & Record<string, number>;

/** How far apart the points of a time frame lie and how many there are (pve-cluster: PVE 9; 8 in the second pair). */
const frames: Readonly<
  Record<string, { readonly nine: readonly [number, number]; readonly eight: readonly [number, number] }>
> = {
  hour: { nine: [60, 60], eight: [60, 70] },
  day: { nine: [60, 1440], eight: [1800, 70] },
  week: { nine: [1800, 336], eight: [10_800, 70] },
  month: { nine: [1800, 1440], eight: [43_200, 70] },
  year: { nine: [21_600, 1440], eight: [604_800, 70] },
};

/** The moments that an archive has points for, the oldest first. */
export function historyTimes(cluster: Cluster, timeframe: string): number[] {
  const frame = frames[timeframe] ?? frames["hour"];
  const [step, count] = (cluster.version.id === "8.4" ? frame?.eight : frame?.nine) ?? [60, 60];
  const last = Math.floor(cluster.seconds() / step) * step;
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * step);
}

/** Minutes that are remembered: a day. */
const remembered = 1440;

/** What the round of every ten seconds leaves behind: one averaged point a minute for each guest that was told. */
export class GuestHistory {
  readonly #cluster: Cluster;
  readonly #points = new Map<number, Map<number, HistoryRow>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Notes how a guest does now; called by each status round. */
  note(vmid: number, figures: Readonly<Record<string, number>>): void {
    const minute = Math.floor(this.#cluster.seconds() / 60) * 60;
    const points = this.#points.get(vmid) ?? new Map<number, HistoryRow>();
    points.set(minute, { time: minute, ...figures });
    if (points.size > remembered) points.delete(points.keys().next().value ?? 0);
    this.#points.set(vmid, points);
  }

  /** The points of a time frame; those without values hold only their time. */
  rows(vmid: number, timeframe: string): HistoryRow[] {
    const points = this.#points.get(vmid);
    return historyTimes(this.#cluster, timeframe).map((time) => points?.get(time) ?? { time });
  }
}

export const guestHistory = perCluster((cluster) => new GuestHistory(cluster));
