import type { DocumentVerdict, JudgedOperation, RecordedDocument, StackVerdict } from "@coppice/engine";
import { riskLines } from "./risk-lines.ts";
import { verdictLines } from "./verdict-lines.ts";

/** How a preview says what becomes of a document, and how it is said afterwards. */
export type Tense = "planned" | "done";

/** `begun` where the run had come to what it left open. */
type Standing = DocumentVerdict["change"] | "begun";

const HEADS: Readonly<Record<Tense, Readonly<Record<Standing, string>>>> = {
  planned: {
    create: "is made",
    update: "is changed",
    delete: "is removed",
    same: "stays as it is",
    refused: "is refused",
    unknown: "cannot be told",
    begun: "is left open, since the run ended before it",
    open: "is left open, since the run ended before it",
  },
  done: {
    create: "was made",
    update: "was changed",
    delete: "was removed",
    same: "was as described",
    refused: "failed",
    unknown: "failed",
    begun: "was begun and is not done: the same command goes on with it",
    open: "was not come to, since the run ended before it",
  },
};

/**
 * What becomes of documents, for people: a heading for each, and below it what our resources say, in the words of
 * `pulumi preview`. What is lost stands last.
 */
export function changeLines(stacks: readonly StackVerdict[], tense: Tense): string[] {
  return stacks.flatMap(({ cluster, verdict }) => [
    ...verdict.documents.flatMap((document) => documentLines(document, cluster, tense)),
    ...verdict.warnings.flatMap((text) => indented(`Warning: ${text}`, "")),
    ...verdict.refusals.flatMap(({ message }) => indented(message, "")),
  ]);
}

function documentLines(document: DocumentVerdict, cluster: string, tense: Tense): string[] {
  const { kind, name, words, warnings, refusals } = document;
  // After a run its preview has been read already.
  const said = tense === "planned" ? [...words, ...warnings] : warnings;
  const lines = [...said, ...refusals.map(({ message }) => message)];
  return [
    `${kind} ${name} on ${cluster} ${HEADS[tense][standingOf(document)]}${lines.length > 0 ? ":" : ""}`,
    ...lines.flatMap((text) => indented(text, "  ")),
  ];
}

function standingOf({ change, resources }: DocumentVerdict): Standing {
  return change === "open" && Object.keys(resources).length > 0 ? "begun" : change;
}

function indented(text: string, indent: string): string[] {
  return text.split("\n").map((line) => `${indent}${line}`);
}

const COUNTS: Readonly<Record<Tense, Readonly<Record<Standing, string>>>> = {
  planned: {
    create: "to make",
    update: "to change",
    delete: "to remove",
    same: "unchanged",
    refused: "refused",
    unknown: "not to be told",
    begun: "left open",
    open: "left open",
  },
  done: {
    create: "made",
    update: "changed",
    delete: "removed",
    same: "unchanged",
    refused: "failed",
    unknown: "failed",
    begun: "begun and not done",
    open: "not come to",
  },
};

/**
 * One line for all of it.
 *
 * @example changeSummary(stacks, "planned") // "Documents: 1 to make, 3 unchanged"
 */
export function changeSummary(stacks: readonly StackVerdict[], tense: Tense): string {
  const documents = stacks.flatMap(({ verdict }) => verdict.documents);
  const words = documents.map((document) => COUNTS[tense][standingOf(document)]);
  // Two standings may count as one.
  const counts = [...new Set(Object.values(COUNTS[tense]))].flatMap((word) => {
    const count = words.filter((each) => each === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `Documents: ${counts.length === 0 ? "none" : counts.join(", ")}`;
}

/** A preview for people, before the question whether it is meant. */
export function previewLines({ stacks, verdicts }: JudgedOperation, isWhole: boolean): string[] {
  const others = isWhole ? othersLines(stacks) : [];
  // What is lost stands last: the question follows.
  const judged = [...verdictLines(verdicts), changeSummary(stacks, "planned"), ...riskLines(verdicts.risk)];
  return [...others, ...changeLines(stacks, "planned"), "", ...judged];
}

/** What stacks have beside the documents that were given: a file that was taken away destroys nothing. */
export function othersLines(stacks: readonly StackVerdict[]): string[] {
  return stacks.flatMap(({ others, cluster }) => {
    const [first, second] = others;
    if (first === undefined) return [];
    const stay = second === undefined ? "It stays as it is" : "They stay as they are";
    return [
      `On ${cluster}, and in none of these documents: ${others.map(otherWords).join(", ")}.`,
      `${stay}. What may go is removed by its name: coppice destroy ${second === undefined ? first.name : "<name>"}`,
    ];
  });
}

function otherWords({ kind, name, seats }: RecordedDocument): string {
  const count = Object.keys(seats).length;
  return `${kind} ${name}${count === 0 ? "" : ` (${count} ${count === 1 ? "seat" : "seats"})`}`;
}
