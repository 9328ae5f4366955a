import type { Cluster } from "./cluster.ts";

/**
 * Ties a service to a cluster without the kernel knowing it: made at first use, one per cluster.
 *
 * @example export const guestIndex = perCluster((cluster) => new GuestIndex(cluster));
 */
export function perCluster<T>(make: (cluster: Cluster) => T): (cluster: Cluster) => T {
  const made = new WeakMap<Cluster, { readonly service: T }>();
  return (cluster) => {
    const known = made.get(cluster);
    if (known !== undefined) return known.service;
    const service = make(cluster);
    made.set(cluster, { service });
    return service;
  };
}
