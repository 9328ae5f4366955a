import { CLUSTERS } from "./recording.ts";

/** Where a program's source lay: a state is the same without. */
const LEFT_OUT = ["sourcePosition", "stackTrace"];

/** What the settings are called behind the plugin and behind the dynamic door. */
const PLACES = ["clusters", "coppice:clusters"];

/** An exported state without what belongs to the machine and the cluster on which it was written. */
export function scrubState(exported: string): string {
  const state: unknown = JSON.parse(exported, (key, value: unknown) => {
    if (LEFT_OUT.includes(key)) return undefined;
    return PLACES.includes(key) && typeof value === "string" ? CLUSTERS : value;
  });
  return `${JSON.stringify(state, undefined, 2)}\n`;
}

/** A recorded state with the settings of a cluster in the place that was left for them. */
export function fillState(recorded: string, clusters: string): string {
  return recorded.replaceAll(JSON.stringify(CLUSTERS), () => JSON.stringify(clusters));
}
