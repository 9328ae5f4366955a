import {
  type Amounts,
  classDemand,
  type Generation,
  type GenerationContents,
  type OverlayPoolInputs,
  readKnown,
  wantedSeatsOf,
} from "@coppice/core";
import type { Account } from "./settings.ts";

/** What one resource of a class asks of its tenant's limits. */
export interface Asked extends Account {
  readonly urn: string;
  /** Name of the class. */
  readonly class: string;
  /** What its seats come to at their worst. */
  readonly seats?: Amounts;
  /** What the templates of a generation come to, which all of the class's resources on it share. */
  readonly generation?: { readonly number: number; readonly amounts: Amounts };
}

/** What a pool of seats asks for, with the generation that they stand on. Throws where that is not known before the run. */
export function askedBySeats(urn: string, inputs: OverlayPoolInputs): Asked | undefined {
  const { tenant, cluster, class: of, base } = inputs;
  if (tenant === undefined) return undefined;
  const seats = classDemand({ pools: [wantedSeatsOf(inputs)], generations: [] });
  const generation = { number: base.number, amounts: generationAmounts(base, inputs.nodes) };
  return { urn, tenant, cluster, class: of, seats, generation };
}

/** What a generation asks for by itself, as its outputs tell it. */
export function askedByGeneration(
  urn: string,
  made: Generation & { readonly tenant?: string; readonly cluster: string; readonly class: string },
): Asked | undefined {
  const { tenant, cluster, class: of, number } = made;
  if (tenant === undefined) return undefined;
  const generation = { number, amounts: generationAmounts(made, undefined) };
  return { urn, tenant, cluster, class: of, generation };
}

function generationAmounts(base: Generation, nodes: readonly string[] | undefined): Amounts {
  if (!base.owned) return classDemand({ pools: [], generations: [] });
  const { owned, disks } = base;
  return classDemand({ pools: [], generations: [{ owned, disks, copies: copiesOf(base, nodes) }] });
}

/** Before a generation is made nobody knows its copies, but mostly how many there will be. */
function copiesOf(base: Generation, nodes: readonly string[] | undefined): GenerationContents["copies"] {
  const known = readKnown(() => base.copies);
  if ("value" in known) return known.value;
  const places = base.shared ? ["any"] : (nodes ?? Object.keys(base.copies));
  return Object.fromEntries(places.map((node) => [node, {}]));
}
