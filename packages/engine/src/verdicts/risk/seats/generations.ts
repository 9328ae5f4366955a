import type { RecordedPool } from "../terms/recorded-pools.ts";
import type { RiskFinding } from "../terms/risk-verdict.ts";
import { about, type ChangedDocument, namesOf, seatsWith } from "./changed-document.ts";
import { seatWords } from "./seat-words.ts";

/** Generations that stay for the sake of machines which go on standing on them. */
export function findGenerationsInUse(judged: ChangedDocument, pools: readonly RecordedPool[]): RiskFinding[] {
  return [...findOwnSeats(judged), ...findNeighbours(judged, pools)];
}

/** Seats that wait for a later run. */
function findOwnSeats(judged: ChangedDocument): RiskFinding[] {
  const waiting = seatsWith(judged, "deferred", "running");
  const byGeneration = Map.groupBy(waiting, ({ vmid }) => generationOf(judged, vmid));
  return [...byGeneration].map(([generation, seats]) => {
    const which = generation === undefined ? "Their generation" : `Generation ${generation}`;
    return {
      kind: "generation-in-use",
      severity: "note",
      ...about(judged),
      reason: `${which} takes room until the last seat has left it: ${seatWords(namesOf(seats))}.`,
      seats: namesOf(seats),
      figures: { seats: seats.length, ...(generation !== undefined && { generation }) },
    };
  });
}

function generationOf({ recorded }: ChangedDocument, vmid: number): number | undefined {
  const machine = recorded.get(vmid);
  if (machine === undefined) return undefined;
  return machine.pool.exceptions?.[machine.seat]?.generation ?? machine.pool.generation;
}

/** A generation of ours that goes with its document, though machines of other documents stand on its templates. */
function findNeighbours(judged: ChangedDocument, pools: readonly RecordedPool[]): RiskFinding[] {
  const { document } = judged;
  if (!("delete" in document.resources) && document.change !== "delete") return [];
  const isOwn = ({ kind, name }: RecordedPool) => kind === document.kind && name === document.name;
  const templates = new Set(pools.filter((each) => isOwn(each) && each.pool.base.owned).flatMap(templatesOf));
  const others = pools.filter(
    (each) => !isOwn(each) && templatesOf(each).some((vmid) => templates.has(vmid)),
  );
  return others.map((each) => {
    const seats = Object.keys(each.pool.seats);
    return {
      kind: "generation-in-use",
      severity: "warning",
      ...about(judged),
      reason: `Machines of ${each.kind} ${each.name} stand on its generation ${each.pool.base.number}, which stays for their sake: ${seatWords(seats)}.`,
      seats,
      figures: { seats: seats.length, generation: each.pool.base.number },
    };
  });
}

function templatesOf({ pool }: RecordedPool): number[] {
  return Object.values(pool.base.copies).map(({ vmid }) => vmid);
}
