import { documentProjects, isProperties, type JsonValue, type Properties } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import { type Description, documentKey } from "../documents/description.ts";
import { isClass } from "../documents/is-class.ts";
import { referencesIn } from "../documents/references-in.ts";
import { documentStack, type NamedStack, namedStack, stackKey } from "../stack/document-stack.ts";
import { readBeside } from "../stack/read-beside.ts";
import { readStack, type StackRecord } from "../stack/read-stack.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import { chooseVmids, type VmidRange } from "./choose-vmids.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";
import { refuseMoved } from "./refuse-moved.ts";
import { refuseNamesakes } from "./refuse-namesakes.ts";

/** The documents of one stack, and what it has already. */
export interface StackPlan extends NamedStack {
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
export interface StackShare extends NamedStack {
  readonly documents: readonly Description[];
}

/** Sorts documents by the stack that makes them, those of clusters first. */
export function stackShares(documents: readonly SpecDocument[]): StackShare[] {
  const shares = new Map<string, StackShare>();
  for (const document of documents) {
    const stack = documentStack(document);
    if (stack === undefined) continue;
    const key = stackKey(stack);
    const former = shares.get(key)?.documents ?? [];
    shares.set(key, { ...stack, documents: [...former, descriptionOf(document)] });
  }
  return [...shares.values()].sort((a, b) => projectOrder(a) - projectOrder(b));
}

function projectOrder({ project }: NamedStack): number {
  return documentProjects.findIndex((each) => each === project);
}

/** What is known when a stack's share is planned. */
export interface KnownBefore {
  /** What the stack has, where whoever holds it has read it already. */
  readonly record?: StackRecord;
  /** What the same order makes in other stacks. */
  readonly plans?: readonly StackPlan[];
}

/** Plans a stack's share: refuses what is another stack's, and chooses numbers for documents that leave them out. */
export async function planStack(
  parts: OperationParts,
  share: StackShare,
  { record, plans = [] }: KnownBefore = {},
): Promise<StackPlan> {
  const { documents } = share;
  const name = namedStack(share);
  const { documents: recorded, declared, isPending } = record ?? (await readStack(parts, name));
  refuseNamesakes(share, recorded);
  const former = new Map(recorded.map((each) => [documentKey(each), each.inputs["vmids"]]));
  const settled = documents.map((each) => withVmids(each, former.get(documentKey(each))));
  const fresh = documents.filter((each) => !former.has(documentKey(each)));
  const isKnown = fresh.length === 0 && !settled.some(lacksVmids);
  const beside = isKnown ? [] : await readBeside(parts, name);
  refuseMoved(name, fresh, beside);
  const own = new Set(documents.map(documentKey));
  const others = recorded.filter((each) => !own.has(documentKey(each)));
  const planned = plans.filter(({ cluster }) => cluster === name.cluster).flatMap(({ given }) => given);
  const given = await withChosen(parts, { ...name, documents: settled }, [...others, ...beside, ...planned]);
  return { ...name, given, recorded, declared, isPending };
}

/** Gives numbers to documents without, of those that neither guests nor other documents have. */
async function withChosen(
  parts: OperationParts,
  { cluster, documents }: StackShare,
  others: readonly Pick<Description, "kind" | "inputs">[],
): Promise<Description[]> {
  if (!documents.some(lacksVmids)) return [...documents];
  const guests = [...(await parts.guestsOf(cluster))];
  const ranges = [...others, ...documents].flatMap(rangeOf);
  return documents.map((each) => {
    if (!lacksVmids(each)) return each;
    const chosen = chooseVmids(each.inputs, { guests, ranges });
    ranges.push(chosen);
    return withVmids(each, { ...chosen });
  });
}

/** The variables that references in an order name: a run sees no others. */
export function credentialsIn(
  values: readonly JsonValue[],
  { environment }: Pick<DocumentsOrder, "environment">,
): Record<string, string> {
  const names = values.flatMap((value) => referencesIn(value, "env"));
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
  return isClass(kind) && inputs["vmids"] === undefined;
}

/** A tenant's numbers are those that its classes are made in. */
function rangeOf({ kind, inputs }: Pick<Description, "kind" | "inputs">): VmidRange[] {
  const vmids = inputs["vmids"];
  if (!isClass(kind) || !isProperties(vmids)) return [];
  const { from, to } = vmids;
  return typeof from === "number" && typeof to === "number" ? [{ from, to }] : [];
}
