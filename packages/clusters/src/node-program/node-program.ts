import { readFileSync } from "node:fs";

/** One order to the program on the node: its name and its fields. */
export type NodeOrder = readonly [order: string, ...fields: (string | number)[]];

/** One answer of the program on the node. */
export interface NodeAnswer {
  readonly word: "ok" | "taken" | "fail";
  /** The key that the order carried. */
  readonly key: string;
  readonly detail: string;
}

/** The command that runs what {@link nodeInput} gives, on standard input. */
export const nodeCommand = "perl -";

/**
 * The standard input for a batch of orders on a node: the constant program, then one order a line.
 *
 * @throws TypeError when a field holds a tab or a line break; names are checked long before.
 */
export function nodeInput(orders: readonly NodeOrder[]): string {
  const program = readFileSync(new URL("../../perl/node-program.pl", import.meta.url), "utf8");
  return program + orders.map((order) => `${orderLine(order)}\n`).join("");
}

function orderLine(order: NodeOrder): string {
  const fields = order.map(String);
  const broken = fields.find((field) => /[\t\r\n]/.test(field));
  if (broken !== undefined) throw new TypeError(`A field of '${fields[0]}' holds a tab or a line break.`);
  return fields.join("\t");
}

/** Reads one line of the program's output. Undefined: the line is not one of its answers. */
export function parseNodeAnswer(line: string): NodeAnswer | undefined {
  const [word, key, detail = ""] = line.split("\t");
  if (key === undefined) return undefined;
  return word === "ok" || word === "taken" || word === "fail" ? { word, key, detail } : undefined;
}
