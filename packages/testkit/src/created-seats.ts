import type { Progress } from "@coppice/core";

/** The seats that progress tells to have been created: each as often as it is told, in the order of the telling. */
export function createdSeats(told: readonly Progress[]): string[] {
  const created = told.filter(({ verb, phase }) => verb === "create" && phase === "done");
  return created.flatMap(({ item }) => (item.kind === "seat" ? [item.name] : []));
}
