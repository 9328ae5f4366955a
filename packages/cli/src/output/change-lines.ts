import type { DocumentVerdict, JudgedOperation, RecordedDocument, StackVerdict } from "@coppice/engine";
import { riskLines } from "./risk-lines.ts";
import { verdictLines } from "./verdict-lines.ts";

/** How a preview says what becomes of a document, and how it is said afterwards. */
export type Tense = "planned" | "done";

const HEADS: Readonly<Record<Tense, Readonly<Record<DocumentVerdict["change"], string>>>> = {
  planned: {
    create: "is made",
    update: "is changed",
    delete: "is removed",
    same: "stays as it is",
    refused: "is refused",
    unknown: "cannot be told",
    open: "is left open, since the run ended before it",
  },
  done: {
    create: "was made",
    update: "was changed",
    delete: "was removed",
    same: "was as described",
    refused: "failed",
    unknown: "failed",
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
    `${kind} ${name} on ${cluster} ${headOf(document, tense)}${lines.length > 0 ? ":" : ""}`,
    ...lines.flatMap((text) => indented(text, "  ")),
  ];
}

function headOf({ change, resources }: DocumentVerdict, tense: Tense): string {
  const isBegun = change === "open" && Object.keys(resources).length > 0;
  return tense === "done" && isBegun ? BEGUN : HEADS[tense][change];
}

const BEGUN = "was begun and is not done: the same command goes on with it";

function indented(text: string, indent: string): string[] {
  return text.split("\n").map((line) => `${indent}${line}`);
}

const COUNTS: Readonly<Record<Tense, Readonly<Record<DocumentVerdict["change"], string>>>> = {
  planned: {
    create: "to make",
    update: "to change",
    delete: "to remove",
    same: "unchanged",
    refused: "refused",
    unknown: "not to be told",
    open: "left open",
  },
  done: {
    create: "made",
    update: "changed",
    delete: "removed",
    same: "unchanged",
    refused: "refused",
    unknown: "failed",
    open: "left open",
  },
};

/**
 * One line for all of it.
 *
 * @example changeSummary(stacks, "planned") // "Documents: 1 to make, 3 unchanged"
 */
export function changeSummary(stacks: readonly StackVerdict[], tense: Tense): string {
  const documents = stacks.flatMap(({ verdict }) => verdict.documents);
  const counts = Object.entries(COUNTS[tense]).flatMap(([change, word]) => {
    const count = documents.filter((document) => document.change === change).length;
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
