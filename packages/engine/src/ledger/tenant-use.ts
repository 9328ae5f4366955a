import { type Amounts, addAmounts, isProperties, type Limits, type Properties } from "@coppice/core";
import { recordedDemand } from "../demand/recorded-demand.ts";
import type { Description } from "../documents/description.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";

/** A machine of a tenant's pool. */
export interface TenantMember {
  readonly vmid: number;
  readonly name?: string;
  readonly amounts: Amounts;
}

/** What a tenant may use at most, and the machines of its pool. */
export interface TenantMembers {
  readonly limits: Limits;
  readonly members: readonly TenantMember[];
}

/** What a tenant's stack knows of the machines in the tenant's pool. */
export interface StackMachines {
  readonly recorded: readonly RecordedDocument[];
  /** What a run is about to change: what an interrupted one made of it is its own, though nothing has recorded it. */
  readonly given: readonly Pick<Description, "inputs">[];
}

/**
 * What a tenant uses: of what its stack has, what it may come to at its worst; of all other machines in its pool, what
 * Proxmox says.
 */
export function tenantUsed(members: readonly TenantMember[], { recorded, given }: StackMachines): Amounts {
  const there = new Set(members.map(({ vmid }) => vmid));
  const strangers = strangersAmong(members, { recorded, given });
  const parts = recorded.flatMap((each) => each.parts);
  return addAmounts(
    ...strangers.map(({ amounts }) => amounts),
    ...parts.map((part) => recordedDemand(part, (vmid) => there.has(vmid))),
  );
}

/** The machines of a pool that are made of none of these documents. */
export function strangersAmong(
  members: readonly TenantMember[],
  { recorded, given }: StackMachines,
): TenantMember[] {
  const own = new Set(recorded.flatMap(machinesOf));
  return members.filter(({ vmid }) => !own.has(vmid) && !given.some((each) => isIn(each, vmid)));
}

/** The numbers of all machines that are made of a document. */
function machinesOf({ seats, parts }: RecordedDocument): number[] {
  const copies = parts.flatMap(({ outputs }) => (outputs["owned"] === true ? copiesOf(outputs) : []));
  return [...Object.values(seats).map(({ vmid }) => vmid), ...copies];
}

function copiesOf({ copies }: Properties): number[] {
  return Object.values(isProperties(copies) ? copies : {}).flatMap((copy) =>
    isProperties(copy) && typeof copy["vmid"] === "number" ? [copy["vmid"]] : [],
  );
}

function isIn({ inputs: { vmids } }: Pick<Description, "inputs">, vmid: number): boolean {
  const { from, to } = isProperties(vmids) ? vmids : {};
  return typeof from === "number" && typeof to === "number" && from <= vmid && vmid <= to;
}
