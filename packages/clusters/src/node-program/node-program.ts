import { readFileSync } from "node:fs";

/** One order to the program on the node: its name and its fields. */
export type NodeOrder = readonly [order: string, ...fields: (string | number)[]];

/** One line that the program on the node writes. */
export type NodeLine =
  /** It has the orders, in this boot of the node. */
  | { readonly word: "begin"; readonly boot: string }
  /** One order was carried out, or not. */
  | { readonly word: "ok" | "taken" | "left" | "fail"; readonly key: string; readonly detail: string }
  /** It could not go on. */
  | { readonly word: "stop"; readonly why: string }
  /** All orders were answered, and what they made has reached the disk. */
  | { readonly word: "end" };

/**
 * The program with a batch of orders behind it, one a line. The last line counts them: a program that does not find it
 * does nothing, so a connection that breaks while they are sent does no harm.
 *
 * @throws TypeError when a field holds a tab or a line break; names are checked long before.
 */
export function nodeInput(orders: readonly NodeOrder[]): string {
  return (
    program() + [...orders, ["end", orders.length] as const].map((order) => `${orderLine(order)}\n`).join("")
  );
}

function program(): string {
  return parts.map((part) => readFileSync(new URL(`../../perl/${part}`, import.meta.url), "utf8")).join("");
}

/** Each stands on those before it; the last one ends with the orders. */
const parts = [
  "node.pl",
  "cluster.pl",
  "storage.pl",
  "disks.pl",
  "claims.pl",
  "removal.pl",
  "copying.pl",
  "node-program.pl",
] as const;

function orderLine(order: NodeOrder): string {
  const fields = order.map(String);
  const broken = fields.find((field) => /[\t\r\n]/.test(field));
  if (broken !== undefined) throw new TypeError(`A field of '${fields[0]}' holds a tab or a line break.`);
  return fields.join("\t");
}

/** Reads one line of the program's output. Undefined: it is none of its own. */
export function parseNodeLine(line: string): NodeLine | undefined {
  const [word, first, detail = ""] = line.split("\t");
  if (word === "end") return { word };
  if (first === undefined) return undefined;
  if (word === "begin") return { word, boot: first };
  if (word === "stop") return { word, why: first };
  return isAnswer(word) ? { word, key: first, detail } : undefined;
}

function isAnswer(word: string | undefined): word is "ok" | "taken" | "left" | "fail" {
  return word === "ok" || word === "taken" || word === "left" || word === "fail";
}
