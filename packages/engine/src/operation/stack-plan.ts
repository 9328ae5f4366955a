import { documentScope, isProperties, type JsonValue, type Properties } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import { type Description, documentKey } from "../documents/description.ts";
import type { StackName } from "../lease/stack-place.ts";
import { readStack, type StackRecord } from "../stack/read-stack.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import { chooseVmids, type VmidRange } from "./choose-vmids.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";
import { refuseNamesakes } from "./refuse-namesakes.ts";

/** The documents of one stack, and what it has already. */
export interface StackPlan extends StackName {
  readonly cluster: string;
  /** What is given, with the numbers that were chosen. */
  readonly given: readonly Description[];
  /** What it has. */
  readonly recorded: readonly RecordedDocument[];
  /** What it declares. */
  readonly declared: readonly Description[];
  /** The engine was killed while it made something, and remembers it. */
  readonly isPending: boolean;
}

/** Documents that one stack makes. */
export interface StackShare extends StackName {
  readonly cluster: string;
  readonly documents: readonly Description[];
}

/** Sorts documents by the stack that makes them: one per cluster and scope, those of clusters first. */
export function stackShares(documents: readonly SpecDocument[]): StackShare[] {
  const shares = (["cluster", "tenant"] as const).flatMap((scope) => {
    const own = documents.filter(({ kind }) => documentScope(kind) === scope);
    const groups = Map.groupBy(own, ({ cluster }) => cluster);
    return [...groups].map(([cluster, group]) => {
      return { project: `coppice-${scope}`, stack: cluster, cluster, documents: group.map(descriptionOf) };
    });
  });
  return shares;
}

/**
 * Plans a stack's share: chooses numbers for documents that leave them out. What the stack has is read, unless whoever holds it
 * has read it already.
 */
export async function planStack(
  parts: OperationParts,
  share: StackShare,
  known?: StackRecord,
): Promise<StackPlan> {
  const { documents, project, stack, cluster } = share;
  const { documents: recorded, declared, isPending } = known ?? (await readStack(parts, share));
  refuseNamesakes(share, recorded);
  const former = new Map(recorded.map((each) => [documentKey(each), each.inputs["vmids"]]));
  const own = new Set(documents.map(documentKey));
  const others = recorded.filter((each) => !own.has(documentKey(each)));
  const settled = documents.map((each) => withVmids(each, former.get(documentKey(each))));
  const open = settled.filter(lacksVmids);
  const guests = open.length === 0 ? [] : [...(await parts.guestsOf(cluster))];
  const ranges = [...others, ...settled].flatMap(rangeOf);
  const given = settled.map((each) => {
    if (!lacksVmids(each)) return each;
    const chosen = chooseVmids(each.inputs, { guests, ranges });
    ranges.push(chosen);
    return withVmids(each, { ...chosen });
  });
  return { project, stack, cluster, given, recorded, declared, isPending };
}

/** The variables that references in an order name: a run sees no others. */
export function credentialsIn(
  values: readonly JsonValue[],
  { environment }: Pick<DocumentsOrder, "environment">,
): Record<string, string> {
  const names = values.flatMap(referencesIn);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function descriptionOf({ kind, name, inputs }: SpecDocument): Description {
  // as: a document's values are what YAML and JSON have in common.
  return { kind, name, inputs: inputs as Properties };
}

function withVmids(description: Description, vmids: JsonValue | undefined): Description {
  const { inputs } = description;
  if (inputs["vmids"] !== undefined || vmids === undefined) return description;
  return { ...description, inputs: { ...inputs, vmids } };
}

function lacksVmids({ kind, inputs }: Description): boolean {
  return CHOSEN.has(kind) && inputs["vmids"] === undefined;
}

/** Kinds whose documents may leave their numbers out. */
const CHOSEN: ReadonlySet<string> = new Set(["LabClass", "OverlayVmPool"]);

function rangeOf({ inputs }: Pick<Description, "inputs">): VmidRange[] {
  const vmids = inputs["vmids"];
  if (!isProperties(vmids)) return [];
  const { from, to } = vmids;
  return typeof from === "number" && typeof to === "number" ? [{ from, to }] : [];
}

function referencesIn(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isProperties(value)) return [];
  const { env } = value;
  return [...(typeof env === "string" ? [env] : []), ...Object.values(value).flatMap(referencesIn)];
}
