import { PveError, readNodeVersion } from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/**
 * The same run, with the nodes as away that do not answer: one GET for each from which seats leave. The cluster counts a
 * node as online for seconds after it went, and one whose API alone is down for ever.
 */
export async function seeAway(run: ClassRun, leaving: readonly PlannedSeat[]): Promise<ClassRun> {
  const asked = [...new Set(leaving.map(({ node }) => node))];
  const answers = await Promise.all(asked.map(async (node) => (await isAway(run, node)) && node));
  const away = new Set(answers);
  const nodes = run.observed.nodes.map((each) =>
    away.has(each.node) ? { ...each, state: "offline" as const } : each,
  );
  return { ...run, observed: { ...run.observed, nodes } };
}

async function isAway({ cluster, context }: ClassRun, node: string): Promise<boolean> {
  try {
    await readNodeVersion(cluster.client, node, context.signal);
    return false;
  } catch (error) {
    if (PveError.is(error, "pve.node-unreachable", "pve.timeout")) return true;
    throw error;
  }
}
