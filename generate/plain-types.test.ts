import { expect, test } from "vitest";
import type { Fields, RecordType } from "../packages/core/src/description/field.ts";
import type { Kind } from "../packages/core/src/description/kind.ts";
import { plainTypes } from "./plain-types.ts";

const inner: RecordType = {
  name: "Inner",
  sentence: "An object.",
  fields: {
    vmid: { kind: "whole", from: 100, to: 999, sentence: "Its number.", required: true, example: 900 },
  },
};

const thing = (fields: Fields, outputs: Fields = {}): Kind => {
  return { name: "Thing", sentence: "A thing.", example: "", fields, outputs };
};
const typesOf = (kind: Kind) => plainTypes({ components: [], resources: [kind], records: [] });

const fields: Fields = {
  inner: { kind: "record", type: inner, sentence: "An object.", required: true },
  batch: { kind: "whole", from: 1, sentence: "How many at once.", default: 4 },
  memory: { kind: "size", whole: "MiB", least: "16MiB", sentence: "Memory.", example: "4GiB" },
  of: {
    kind: "map",
    values: { kind: "choice", choices: { a: "is one", b: "is another" } },
    sentence:
      "A sentence that is too long for its example to fit into the same line, which moves as a whole.",
    example: { ada: "a", grace: "b" },
  },
  from: {
    kind: "one-of",
    options: [{ kind: "text" }, { kind: "record", type: inner }],
    sentence: "Either.",
  },
  password: { kind: "text", sentence: "A secret.", secret: true },
};
const outputs: Fields = { ready: { kind: "flag", sentence: "Whether it is done.", required: true } };

test("a field with a default is always there, and says in the editor what the tables say", () => {
  expect(typesOf(thing(fields, outputs))).toBe(`/** What is described of \`Thing\`. */
export type ThingInputs = {
  /** An object. */
  readonly inner: Inner;
  /** How many at once. 1 or more. @default 4 */
  readonly batch: number;
  /** Memory. Whole MiB, at least 16MiB, for example \`"4GiB"\`. */
  readonly memory?: SizeText;
  /**
   * A sentence that is too long for its example to fit into the same line, which moves as a whole. For
   * example \`{ ada: "a", grace: "b" }\`.
   */
  readonly of?: Readonly<Record<string, "a" | "b">>;
  /** Either. */
  readonly from?: string | Inner;
  /** A secret. For example \`config.requireSecret("password")\`. */
  readonly password?: string;
};

/** What is recorded of \`Thing\`. */
export type ThingState = ThingInputs & {
  /** Whether it is done. */
  readonly ready: boolean;
};

/** An object. */
export type Inner = {
  /** Its number. 100 to 999, for example \`900\`. */
  readonly vmid: number;
};
`);
});

test("a long choice stands below itself, once in the field and once under its name", () => {
  const choices = Object.fromEntries(
    "abcdefghijklmn".split("").map((letter) => [letter.repeat(4), "is one"]),
  );
  const text = typesOf(
    thing({ list: { kind: "choice", name: "Letters", choices, sentence: "One of many." } }),
  );
  expect(text).toContain('  readonly list?:\n    | "aaaa"\n    | "bbbb"\n');
  expect(text).toContain('export type Letters =\n  | "aaaa"\n  | "bbbb"\n');
});

test("two different types of one name are refused, and one that is used twice is written once", () => {
  const other: RecordType = { ...inner, sentence: "Another object." };
  const twice: Fields = {
    one: { kind: "record", type: inner, sentence: "One." },
    two: { kind: "list", items: { kind: "record", type: inner }, sentence: "Many." },
  };
  expect(typesOf(thing(twice)).match(/export type Inner /g)).toHaveLength(1);
  const torn: Fields = { ...twice, three: { kind: "record", type: other, sentence: "Another." } };
  expect(() => typesOf(thing(torn))).toThrow("Two different types are called Inner; rename one");
});
