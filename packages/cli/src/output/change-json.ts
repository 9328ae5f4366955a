import type { StackVerdict, Verdicts } from "@coppice/engine";

/** Version of the form in which commands print JSON. Fields may be added to it; what there is keeps its meaning. */
export const jsonVersion = 1;

/** What a command prints with `--json`. */
export function jsonText(command: string, fields: object): string {
  return `${JSON.stringify({ version: jsonVersion, command, ...fields }, undefined, 2)}\n`;
}

/** What was judged, as JSON says it: the same as data. */
export function verdictsJson({ quota, cost, risk, digest }: Verdicts): object {
  return { quota, cost: cost ?? null, risk, digest };
}

/** Stacks as JSON says them. */
export function stacksJson(stacks: readonly StackVerdict[]): readonly object[] {
  return stacks.map(({ project, stack, cluster, verdict, others }) => ({
    project,
    stack,
    cluster,
    // What seats ask for is an ingredient: the verdicts say what it comes to.
    documents: verdict.documents.map(({ seatDemands: _demands, copies: _copies, ...document }) => document),
    refusals: verdict.refusals,
    warnings: verdict.warnings,
    others: others.map(({ kind, name, seats }) => ({ kind, name, seats: Object.keys(seats).length })),
  }));
}
