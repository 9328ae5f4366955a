import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { documentLimits } from "../document/limits.ts";
import { NoValue } from "./no-value.ts";

const {
  depth: DEEPEST,
  items: MOST_ITEMS,
  aliases: MOST_ALIASES,
  aliasedValues: MOST_VALUES,
} = documentLimits;

/** A document's content as plain values. */
export interface PlainValue {
  readonly value: unknown;
  /** Fields that have been given before; the last one counts. */
  readonly repeated: readonly Node[];
}

/**
 * The values of a document's content, without what is null. Throws {@link NoValue} for what nests too deep or is too
 * long, and for aliases that stand for themselves or for too much.
 */
export function plainValue(contents: Node): PlainValue {
  const repeated: Node[] = [];
  return { value: new Reading(repeated).value(contents, 0), repeated };
}

/** Follows aliases as they come, so that what they stand for together is counted. */
class Reading {
  readonly #repeated: Node[];
  readonly #anchors = new Map<string, Node>();
  /** The lists and objects that are being read. */
  readonly #open = new Set<Node>();
  #aliases = 0;
  #aliasedValues = 0;
  /** The alias that is being followed, of several the outermost. */
  #followed: Alias | undefined;

  constructor(repeated: Node[]) {
    this.#repeated = repeated;
  }

  value(node: Node, depth: number): unknown {
    if (isAlias(node)) return this.#followedValue(node, depth);
    this.#count();
    if (node.anchor !== undefined && this.#followed === undefined) this.#anchors.set(node.anchor, node);
    return isScalar(node) ? node.value : this.#collection(node, depth);
  }

  #collection(node: Exclude<Node, Alias | Scalar>, depth: number): unknown {
    if (depth >= DEEPEST) {
      const message = `More than ${DEEPEST} lists and objects lie inside each other here; write it flatter`;
      throw new NoValue(this.#followed ?? node, message);
    }
    if (node.items.length > MOST_ITEMS)
      throw new NoValue(this.#followed ?? node, `This holds more than ${MOST_ITEMS} values; write fewer`);
    this.#open.add(node);
    const value = isMap(node) ? this.#object(node, depth + 1) : this.#list(node, depth + 1);
    this.#open.delete(node);
    return value;
  }

  #object({ items }: YAMLMap, depth: number): object {
    const read = new Map<string, unknown>();
    for (const { key, value } of items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      if (read.has(name)) this.#repeated.push(key);
      read.set(name, isNode(value) ? this.value(value, depth) : undefined);
    }
    const said = [...read].filter(([, value]) => value !== undefined && value !== null);
    return Object.fromEntries(said);
  }

  #list({ items }: YAMLSeq, depth: number): unknown[] {
    return items.map((item) => (isNode(item) ? this.value(item, depth) : null));
  }

  #followedValue(alias: Alias, depth: number): unknown {
    const outermost = this.#followed ?? alias;
    const target = this.#anchors.get(alias.source);
    if (target === undefined)
      throw new NoValue(outermost, "Nothing before it has this alias's name; check the name");
    if (this.#open.has(target))
      throw new NoValue(outermost, "This alias stands for what it lies in itself; write it out");
    this.#aliases += 1;
    if (this.#aliases > MOST_ALIASES)
      throw new NoValue(
        outermost,
        `More than ${MOST_ALIASES} aliases are followed in this document; write them out`,
      );
    this.#followed = outermost;
    const value = this.value(target, depth);
    if (outermost === alias) this.#followed = undefined;
    return value;
  }

  #count(): void {
    if (this.#followed === undefined) return;
    this.#aliasedValues += 1;
    if (this.#aliasedValues <= MOST_VALUES) return;
    const message = `The aliases of this document stand for more than ${MOST_VALUES} values; write it shorter`;
    throw new NoValue(this.#followed, message);
  }
}

/** Of what was parsed, everything is a node or null; the types know of documents that programs make. */
function isNode(value: unknown): value is Node {
  return isAlias(value) || isScalar(value) || isMap(value) || isSeq(value);
}
