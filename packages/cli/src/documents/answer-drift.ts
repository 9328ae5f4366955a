import { resolve } from "node:path";
import { CoppiceError } from "@coppice/core";
import {
  type AcceptedField,
  type AnsweredDrift,
  acceptedField,
  answeredDrift,
  appliedDocuments,
  type DocumentDrift,
  type DocumentsOrder,
  documentKey,
  ignoreDrift,
  previewOperation,
} from "@coppice/engine";
import { type FieldValue, type Source, writeField } from "@coppice/spec";
import { jsonText } from "../output/change-json.ts";
import { type Application, type ApplyOptions, applyPreviewed, refuseMistakes } from "./apply-given.ts";
import type { DocumentWork } from "./document-work.ts";
import { exitCodes } from "./exit-codes.ts";
import { printLines } from "./print.ts";
import { readGiven } from "./read-given.ts";
import { replaceSource } from "./replace-source.ts";

/** What of which seat is answered. */
interface DriftName {
  readonly seat: string;
  readonly field: string;
}

/** How drift is looked for, and what is done about it. One answer at most. */
export interface DriftOptions extends ApplyOptions {
  readonly repair?: boolean;
  readonly accept?: DriftName;
  readonly ignore?: DriftName;
  /** The last day on which it is ignored. */
  readonly until?: string;
  /** Which document is meant, where several have such a seat. */
  readonly document?: string;
}

/** What was found, and what an answer works with. */
export interface DriftAnswering {
  readonly found: readonly DocumentDrift[];
  readonly order: DocumentsOrder;
  readonly sources: readonly Source[];
  readonly at: DocumentWork;
  readonly options: DriftOptions;
}

/** Applies once more what was applied, on what there is: what files say by now waits for its own `up`. */
export async function repairDrift({ found, order, at, options }: DriftAnswering): Promise<number> {
  const drifted = new Set(found.filter(({ drifts }) => drifts.length > 0).map(documentKey));
  const own = order.documents.filter((each) => drifted.has(documentKey(each)));
  const repair = { ...order, documents: await appliedDocuments(at.parts, own), refresh: true };
  const preview = await previewOperation(at.parts, { order: repair }, at.talk);
  const application = applicationOf(options, order, notesOf(found));
  return await applyPreviewed(application, { ...preview, order: repair, at });
}

function notesOf(found: readonly DocumentDrift[]): string[] {
  const drifts = found.flatMap((each) => each.drifts);
  const hasForeign = drifts.some(({ drift }) => drift === "foreign");
  const ignored = drifts.filter((each) => each.ignored !== undefined).length;
  return [
    ...(hasForeign ? ["What is foreign is not touched."] : []),
    ...(ignored > 0
      ? [`What is ignored is brought back too: ${ignored} of ${drifts.length} differences.`]
      : []),
  ];
}

/** Writes what seats are now into their document, and applies it. It is written when that is agreed to. */
export async function acceptDrift(answering: DriftAnswering, name: DriftName): Promise<number> {
  const { found, order, sources, at, options } = answering;
  const answered = answeredDrift(found, answerOf(options, name));
  const own = order.documents.filter((each) => documentKey(each) === documentKey(answered.document));
  const source = sources.find(({ file }) => own.some((each) => each.file === resolve(file)));
  if (source === undefined) throw new Error("a document is of one of the files that were read");
  const { name: document } = answered.document;
  const text = writeField(source.text, { document, ...wayToSay(answered, acceptedField(answered)) });
  const edited = sources.map((each) => (each === source ? { ...each, text } : each));
  const { documents, mistakes } = await readGiven(edited, process.env);
  const application: Application = {
    ...applicationOf(options, order),
    agreed: async () => await replaceSource(source, text),
  };
  if (mistakes.length > 0) return refuseMistakes(application, mistakes);
  const accepted = documents.filter((each) => documentKey(each) === documentKey(answered.document));
  const wanted = { ...order, documents: accepted, refresh: true };
  const preview = await previewOperation(at.parts, { order: wanted }, at.talk);
  return await applyPreviewed(application, { ...preview, order: wanted, at });
}

/** Lets a drift count as none until a day is over. */
export async function ignoreFound(
  { found, order, at, options }: DriftAnswering,
  name: DriftName,
): Promise<number> {
  const answered = answeredDrift(found, answerOf(options, name));
  const ignoring = { ...answered, until: options.until ?? "" };
  const ignored = await ignoreDrift(at.parts, { order, ignoring }, at.talk);
  at.screen.end();
  const { seat, field, what, until } = ignored;
  if (options.json === true) {
    process.stdout.write(jsonText("drift", { result: "ignored", mistakes: [], ignored }));
  } else printLines([`${seat}.${field} is ignored until ${until} as long as it is so: ${what}`]);
  return exitCodes.applied;
}

function applicationOf(
  options: DriftOptions,
  { message }: DocumentsOrder,
  notes: readonly string[] = [],
): Application {
  return { ...options, command: "drift", usualMessage: message, notes };
}

function answerOf({ document }: DriftOptions, name: DriftName) {
  return { ...name, ...(document !== undefined && { document }) };
}

function wayToSay(answered: AnsweredDrift, accepted: AcceptedField): Pick<FieldValue, "path" | "value"> {
  if ("why" in accepted) throw unsayable(answered.drift, accepted.why);
  return accepted;
}

function unsayable({ seat, vmid, field, what }: AnsweredDrift["drift"], why: string): CoppiceError {
  return new CoppiceError("drift.unsayable", {
    what: `'${seat ?? vmid}.${field}' cannot be accepted: ${what}`,
    why,
    wayOut:
      "Bring it back by --repair, let it count as none by --ignore and --until, or change the document itself",
  });
}
