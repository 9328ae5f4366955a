import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";
import {
  type SeedDocument,
  type SeedEntry,
  type SeedOption,
  type SeedPlace,
  type SeedSection,
  seedSections,
} from "./seed-document.ts";
import { seedError } from "./seed-error.ts";

type Locate = (node: unknown) => SeedPlace;

/**
 * Reads the text of a seed file. A mistake is an error that names file, line, column and what was expected.
 *
 * @example readSeed("guests:\n  - vmid: 100\n    node: pve1\n", "lab.yaml").sections.guests.length // 1
 */
export function readSeed(text: string, file: string): SeedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): SeedPlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [problem] = document.errors;
  if (problem !== undefined) throw seedError(at(problem.pos[0]), "this is no YAML", problem.message);
  return readSections(document, (node) => at(offsetOf(node)));
}

function offsetOf(node: unknown): number {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return 0;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : 0;
}

const topKeys: readonly string[] = ["bare", ...seedSections];

function readSections(document: Document, locate: Locate): SeedDocument {
  const sections: Record<SeedSection, readonly SeedEntry[]> = {
    storages: [],
    roles: [],
    groups: [],
    users: [],
    pools: [],
    acl: [],
    guests: [],
  };
  const root = document.contents;
  if (root === null) return { bare: false, sections };
  if (!isMap(root))
    throw seedError(locate(root), "the file is no map", `expected keys: ${topKeys.join(", ")}`);
  let bare = false;
  for (const { key, value } of root.items) {
    const name = keyOf(key, locate);
    if (name === "bare") bare = readFlag(value, locate, key);
    else if (isSection(name)) sections[name] = readEntries(name, value, locate, key);
    else throw seedError(locate(key), `'${name}' is not known`, `expected one of ${topKeys.join(", ")}`);
  }
  return { bare, sections };
}

function isSection(name: string): name is SeedSection {
  return seedSections.some((section) => section === name);
}

function keyOf(key: unknown, locate: Locate): string {
  if (isScalar(key) && (typeof key.value === "string" || typeof key.value === "number"))
    return String(key.value);
  throw seedError(locate(key), "this key is no name", "expected a text");
}

function readFlag(value: unknown, locate: Locate, key: unknown): boolean {
  if (isScalar(value) && typeof value.value === "boolean") return value.value;
  throw seedError(locate(value ?? key), "'bare' is no truth value", "expected true or false");
}

function readEntries(section: SeedSection, value: unknown, locate: Locate, key: unknown): SeedEntry[] {
  if (isScalar(value) && value.value === null) return [];
  if (!isSeq(value))
    throw seedError(locate(value ?? key), `'${section}' is no list`, "expected lines that begin with '- '");
  return value.items.map((item) => {
    if (!isMap(item))
      throw seedError(
        locate(item),
        `this entry of '${section}' is no map`,
        "expected options such as 'name: value'",
      );
    return { place: locate(item), options: readOptions(item, locate) };
  });
}

function readOptions(map: YAMLMap, locate: Locate): Map<string, SeedOption> {
  return new Map(
    map.items.map((pair: Pair) => {
      const name = keyOf(pair.key, locate);
      const value = isScalar(pair.value) && pair.value.value === null ? null : pair.value;
      const place = locate(value ?? pair.key);
      return [name, { name, text: textOf(name, value, place), place }];
    }),
  );
}

/** A value as the API takes it: `true` is 1, a list is joined with commas. */
function textOf(name: string, value: unknown, place: SeedPlace): string {
  if (isScalar(value)) {
    const plain = plainText(value.value);
    // A number is taken as it was written: 0755 and 1.0 are not what YAML makes of them.
    if (plain !== undefined)
      return typeof value.value === "number" && value.source !== undefined ? value.source : plain;
  }
  if (isSeq(value) && value.items.every((item) => isScalar(item))) {
    const items = value.items.map((item) => plainText(item.value));
    if (items.every((item) => item !== undefined)) return items.join(",");
  }
  const found = value === null ? "nothing" : isAlias(value) ? "an alias" : "something else";
  throw seedError(
    place,
    `'${name}' has no value that can be used`,
    `expected a text, a number, true or false, or a list of these, found ${found}`,
  );
}

function plainText(value: unknown): string | undefined {
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
