import { type Properties, seatFates } from "@coppice/core";
import type { ChangeVerdict, DocumentVerdict } from "../changes/change-verdict.ts";
import { untouched } from "../changes/untouched.ts";
import { type Description, documentKey } from "../documents/description.ts";
import { isClass } from "../documents/is-class.ts";
import type { RunTalk } from "../run/run-parts.ts";
import { namedStack } from "../stack/document-stack.ts";
import { readStack } from "../stack/read-stack.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import { emptied } from "./emptied.ts";
import { forgetCutOff } from "./forget-cut-off.ts";
import { changedSince, formerOf } from "./fresh-orders.ts";
import { inRoom } from "./in-room.ts";
import { isOtherwise } from "./is-stale.ts";
import type { DocumentsOrder, OperationParts, OperationTalk } from "./operation-parts.ts";
import { refuseInUse } from "./refuse-in-use.ts";
import { stackByStack } from "./stack-by-stack.ts";
import type { StackPlan } from "./stack-plan.ts";
import { runStack } from "./stack-run.ts";
import { type StackVerdict, stackVerdict } from "./stack-verdict.ts";
import { whileHeld } from "./while-held.ts";

/** What is to go, of one stack. */
export interface Removal {
  readonly project: string;
  readonly stack: string;
  readonly cluster: string;
  readonly documents: readonly Pick<Description, "kind" | "name">[];
}

type RemovalOrder = Omit<DocumentsOrder, "documents">;

/** A removal that was shown. */
interface Agreed {
  readonly order: RemovalOrder;
  readonly removals: readonly Removal[];
  readonly previewed: readonly StackVerdict[];
  readonly before?: readonly StackVerdict[];
}

/** Reads what there is of documents, so that a person sees what goes with them; changes nothing. */
export async function previewRemoval(
  parts: OperationParts,
  { order, removals }: { order: RemovalOrder; removals: readonly Removal[] },
  talk: RunTalk,
): Promise<StackVerdict[]> {
  const previewed: StackVerdict[] = [];
  const going: RecordedDocument[] = [];
  for (const removal of removals) {
    const { plan, documents, targets } = await removalPlan(parts, removal);
    going.push(...targets);
    if (targets.length === 0) {
      previewed.push(nothing(plan, removal));
      continue;
    }
    const step = { verb: "refresh", documents, targets, isTrial: true } as const;
    const { verdict } = await runStack(parts, { plan, order: { ...order, documents: [] }, step }, talk);
    previewed.push(stackVerdict(plan, { ...verdict, documents: verdict.documents.map(asRemoved) }));
  }
  return await refuseInUse(parts, { previewed, going }, talk.signal);
}

/**
 * Removes documents' machines and all that belongs to them. The last documents of a stack take the stack with them. What
 * somebody else changed since it was previewed stays: more might go than was shown.
 *
 * @returns what became of each stack, behind what was done `before` on the same order
 * @throws CoppiceError `stack.changed`
 */
export async function destroyDocuments(
  parts: OperationParts,
  { order, removals, previewed, before = [] }: Agreed,
  talk: OperationTalk,
): Promise<StackVerdict[]> {
  const whole = { ...order, documents: [] };
  // What stands in a tenant's stack may need what stands in the cluster's.
  return await stackByStack(removals.toReversed(), { signal: talk.signal, before }, async (removal) =>
    whileHeld(parts, { share: removal, order: whole, talk }, async (held) => {
      const found = await removalPlan(parts, removal);
      refuseChanged(found, formerOf(previewed, removal));
      const emptying = await emptyCutOff(parts, { order: whole, found }, held);
      if (emptying?.documents.some(isLeft) === true) return stackVerdict(found.plan, emptying);
      const now = emptying === undefined ? found : await removalPlan(parts, removal);
      return now.targets.length === 0 ? nothing(now.plan, removal) : await remove(parts, whole, now, held);
    }),
  );
}

/** Removes what there is, and tells the ledger of its tenant what is left. */
async function remove(
  parts: OperationParts,
  order: DocumentsOrder,
  { plan, documents, targets }: RemovalPlan,
  talk: RunTalk,
): Promise<StackVerdict> {
  const step = { verb: "destroy", documents, targets } as const;
  const room = { plan: { ...plan, given: targets }, order, peaks: {}, isRemoval: true };
  const verdict = await inRoom(
    parts,
    room,
    talk,
    async (_, held) => (await runStack(parts, { plan, order, step }, held)).verdict,
  );
  await forgetCutOff(parts, plan, verdict);
  return stackVerdict(plan, verdict);
}

function refuseChanged({ plan, targets }: RemovalPlan, former: Readonly<Record<string, Properties>>): void {
  const changed = targets.find((each) => isOtherwise(each.inputs, former[documentKey(each)]));
  if (changed !== undefined) throw changedSince(changed, plan);
}

/**
 * What a run began to make and did not record, a removal would not find: such documents are brought to an end without seats
 * first. Where that fails, the removal says what stands in the way.
 *
 * @returns what became of them; undefined where there are none, so that the stack is as it was
 */
async function emptyCutOff(
  parts: OperationParts,
  { order, found }: { order: DocumentsOrder; found: RemovalPlan },
  talk: RunTalk,
): Promise<ChangeVerdict | undefined> {
  const { plan, targets } = found;
  const cutOff = targets.filter(({ isCutOff }) => isCutOff === true);
  if (cutOff.length === 0) return undefined;
  const step = { verb: "up", documents: cutOff.map(emptied), targets: cutOff } as const;
  const { verdict } = await runStack(parts, { plan, order, step }, talk);
  await forgetCutOff(parts, plan, verdict);
  return verdict;
}

/** A removal would forget what was not recorded of it, and say nothing. What is somebody else's was never made. */
function isLeft({ kind, change, refusals }: DocumentVerdict): boolean {
  if (isClass(kind)) return false;
  return change === "open" || refusals.some(({ code }) => code !== "quota.taken");
}

/** What there is of what is to go. */
interface RemovalPlan {
  readonly plan: StackPlan;
  readonly documents: readonly Description[];
  readonly targets: readonly RecordedDocument[];
}

/** The program makes what goes, so that today's way to the cluster counts. What is not there needs no removal. */
async function removalPlan(parts: OperationParts, removal: Removal): Promise<RemovalPlan> {
  const { documents: recorded, declared, isPending } = await readStack(parts, removal);
  const named = new Set(removal.documents.map(documentKey));
  const documents = declared.filter((each) => named.has(documentKey(each)));
  const targets = recorded.filter((each) => named.has(documentKey(each)));
  const given = removal.documents.map(({ kind, name }) => ({ kind, name, inputs: {} }));
  const plan: StackPlan = { ...namedStack(removal), given, recorded, declared, isPending };
  return { plan, documents, targets };
}

function nothing(plan: StackPlan, { documents }: Removal): StackVerdict {
  const same = documents.map((each) => untouched(each, "same"));
  return stackVerdict(plan, { documents: same, refusals: [], warnings: [] });
}

/** What was read is what goes. */
function asRemoved(document: DocumentVerdict): DocumentVerdict {
  if (document.refusals.length > 0) return document;
  const here = document.seats.filter(({ change }) => change !== "gone");
  return {
    ...document,
    change: "delete",
    seats: here.map(({ name, vmid, node, bytes }) => {
      const own = bytes === undefined ? {} : { bytes };
      return { name, vmid, node, change: "removed", why: seatFates.removed, also: [], ...own };
    }),
    losses: here.map(({ name, vmid, node, bytes }) => {
      return { seat: name, vmid, node, ...(bytes !== undefined && { bytes }) };
    }),
  };
}
