import { CoppiceError, documentKinds } from "@coppice/core";
import { orderSeat, type Source } from "@coppice/spec";
import { type ApplyOptions, applyGiven } from "./apply-given.ts";
import { readGiven, readSources } from "./read-given.ts";
import { replaceSource } from "./replace-source.ts";

/** Which seat is to be reset. */
export interface ResetOrder extends ApplyOptions {
  readonly file: string;
  readonly seat: string;
  /** Which document, where the file holds several. */
  readonly document?: string;
}

/**
 * Orders a fresh disk for a seat in its document, and applies the file with the order. It is written when that is agreed to:
 * who declines finds the file as it was.
 */
export async function resetSeat({ file, seat, document, ...options }: ResetOrder): Promise<number> {
  const [source] = await readSources([file]);
  if (source === undefined) throw missing(file, "it cannot be read");
  const name = document ?? (await onlyDocument(source));
  // An order counts once: another moment is another order.
  const value = new Date().toISOString().slice(0, 19);
  const text = orderSeat(source.text, { document: name, order: "reset", seat, value });
  return await applyGiven({
    ...options,
    command: "reset",
    sources: [{ file, text }],
    usualMessage: `coppice reset ${file} ${seat}`,
    agreed: async () => await replaceSource(source, text),
  });
}

/** The one document of a file whose seats can be reset. */
async function onlyDocument(source: Source): Promise<string> {
  const { documents } = await readGiven([source], process.env);
  const own = documents.filter(({ kind }) => hasSeats(kind));
  const [first, second] = own;
  if (first !== undefined && second === undefined) return first.name;
  if (first === undefined)
    throw missing(source.file, "it holds none whose seats could be reset, or it has mistakes");
  throw missing(source.file, `it holds ${own.map(({ name }) => name).join(", ")}: say which by --document`);
}

function hasSeats(kind: string): boolean {
  const fields = documentKinds.find(({ name }) => name === kind)?.type.fields;
  return fields?.["reset"] !== undefined;
}

function missing(file: string, why: string): CoppiceError {
  return new CoppiceError("document.missing", {
    what: `No seat was reset by ${file}`,
    why,
    wayOut: "Correct the file or the order, and order again",
  });
}
