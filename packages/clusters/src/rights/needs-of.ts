import type { Choices, Right } from "./held-rights.ts";
import type { RightPlace, RightRow, Work } from "./right-row.ts";
import { rightsTable } from "./rights-table.data.ts";

/** What work is about. What is left out is not asked for. */
export interface RightsScope {
  /** The Proxmox pool of the machines: its members have what is granted on it. */
  readonly pool?: string | undefined;
  /** The Proxmox pool that the machines are to leave. */
  readonly formerPool?: string | undefined;
  /** Vmids of what is cloned. */
  readonly templates?: readonly number[];
  readonly storage?: string;
  /** Where data disks are made. */
  readonly dataStorage?: string | undefined;
  /** For each network card the paths of which one must be granted; see {@link networkPaths}. */
  readonly networks?: readonly (readonly string[])[];
}

/** A line of the table as it counts for some work. */
export interface Need extends Choices {
  readonly row: RightRow;
}

/** What work needs: each line of the table that is for it, once for every template and card. */
export function needsOf(works: ReadonlySet<Work>, scope: RightsScope): Need[] {
  return rightsTable
    .filter((row) => row.for.some((work) => works.has(work)))
    .flatMap((row) => placesOf(row.on, scope).map((places) => needAt(row, places, scope)));
}

function needAt(row: RightRow, places: readonly Place[], scope: RightsScope): Need {
  const others = row.or === undefined ? [] : rightsOn(row.or, placesOf(row.or.on, scope).flat());
  return { row, rights: [...others, ...rightsOn(row, places)] };
}

function rightsOn({ privilege }: Pick<RightRow, "privilege">, places: readonly Place[]): Right[] {
  return places.map((place) => ({ privilege, ...place }));
}

type Place = Omit<Right, "privilege">;

/** Of each list one place is enough. */
function placesOf(on: RightPlace, scope: RightsScope): readonly (readonly Place[])[] {
  return PLACES[on](scope);
}

const at = (folder: string, name: string | undefined): Place[][] =>
  name === undefined ? [] : [[{ path: `${folder}/${name}` }]];

const PLACES: Readonly<Record<RightPlace, (scope: RightsScope) => readonly (readonly Place[])[]>> = {
  machines: ({ pool }) => [[{ path: "/vms", below: true }, ...at("/pool", pool).flat()]],
  template: ({ templates = [] }) => templates.map((vmid) => [{ path: `/vms/${vmid}` }]),
  storage: ({ storage }) => at("/storage", storage),
  "data storage": ({ dataStorage }) => at("/storage", dataStorage),
  network: ({ networks = [] }) => networks.map((paths) => paths.map((path) => ({ path }))),
  pool: ({ pool }) => at("/pool", pool),
  "former pool": ({ formerPool }) => at("/pool", formerPool),
  nodes: () => [[{ path: "/nodes", below: true }]],
  root: () => [[{ path: "/" }]],
};
