import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field, Fields, RecordType } from "../description/field.ts";
import { findMistakes } from "../description/find-mistakes.ts";
import { mistakeSentence } from "../description/mistake.ts";
import { withDefaults } from "../description/with-defaults.ts";
import { arbitraryRecord, fieldsInside, recordsInside, withoutRules } from "../fixtures/described.ts";
import { componentKinds, resourceKinds } from "./all-kinds.ts";
import { configuration } from "./configuration.ts";

const roots: readonly RecordType[] = [...componentKinds, ...resourceKinds, configuration];
const inputs = roots.flatMap(({ name, fields }) =>
  fieldsInside(fields).map(([path, field]) => ({ at: `${name}.${path}`, field })),
);
const outputs = [...componentKinds, ...resourceKinds].flatMap(({ name, outputs: fields }) =>
  fieldsInside(fields).map(([path, field]) => ({ at: `${name}.${path}`, field })),
);

/** Every described object once: those that are described themselves and those inside of them. */
const records = new Map(
  [...roots.map((type) => ["", type] as const), ...roots.flatMap(({ fields }) => recordsInside(fields))].map(
    ([, type]) => [type.name, type],
  ),
);

/** The mistakes in one value of one field. */
function mistakesIn(field: Field, value: unknown): string[] {
  const fields: Fields = { field };
  return findMistakes({ name: "Holder", sentence: "It holds one field.", fields }, { field: value }).map(
    mistakeSentence,
  );
}

describe("every field", () => {
  test("says what it is in a sentence", () => {
    const speechless = [...inputs, ...outputs].filter(({ field }) => !/^[A-Z].*\.$/s.test(field.sentence));
    expect(speechless.map(({ at }) => at)).toEqual([]);
  });

  test("that takes a text or a number shows one, unless it is a secret", () => {
    const isPlain = ({ kind }: Field) =>
      kind === "text" || kind === "whole" || kind === "size" || kind === "duration";
    const shows = ({ example, default: usual }: Field) => example !== undefined || usual !== undefined;
    const silent = inputs.filter(({ field }) => isPlain(field) && !shows(field) && field.secret !== true);
    expect(silent.map(({ at }) => at)).toEqual([]);
  });

  test("shows examples and defaults that are right themselves", () => {
    const wrong = inputs.flatMap(({ at, field }) =>
      [field.example, field.default].flatMap((value) =>
        value === undefined ? [] : mistakesIn(field, value).map((sentence) => `${at}: ${sentence}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("that must be there has no default", () => {
    const torn = inputs.filter(({ field }) => field.required === true && field.default !== undefined);
    expect(torn.map(({ at }) => at)).toEqual([]);
  });
});

/** Every text that is one slip of a finger away: a letter left out, doubled by another, taken for another, swapped. */
function slipsOf(name: string): string[] {
  const letters = "abcdefghijklmnopqrstuvwxyz".split("");
  return Array.from(
    { length: name.length + 1 },
    (_, at) => [name.slice(0, at), name.slice(at)] as const,
  ).flatMap(([head, tail]) => [
    head + tail.slice(1),
    head + tail.charAt(1) + tail.charAt(0) + tail.slice(2),
    ...letters.flatMap((letter) => [head + letter + tail, head + letter + tail.slice(1)]),
  ]);
}

describe.each([...records])("a slip in a name of %s", (_, type) => {
  test("is always answered with that name", () => {
    const known = Object.keys(type.fields);
    const silent = known.flatMap((name) =>
      slipsOf(name)
        .filter((slip) => slip !== "" && !known.includes(slip))
        .filter((slip) => !reasonFor(type, slip).includes(`'${name}'`)),
    );
    expect(silent).toEqual([]);
  });
});

function reasonFor(type: RecordType, name: string): string {
  const mistakes = findMistakes({ ...type, rules: [] }, { [name]: "x" });
  return mistakes.find(({ path }) => path[0] === name)?.reason ?? "";
}

describe.each([...records])("any %s whose fields are right", (_, type) => {
  test("has no mistakes, and survives JSON and the filling in of defaults", () => {
    const bare = withoutRules(type);
    fc.assert(
      fc.property(arbitraryRecord(bare), (given) => {
        expect(findMistakes(bare, given)).toEqual([]);
        const completed = withDefaults(bare, given);
        expect(findMistakes(bare, completed)).toEqual([]);
        expect(withDefaults(bare, throughJson(completed))).toEqual(completed);
        expect(withDefaults(bare, throughJson(given))).toEqual(completed);
      }),
      { numRuns: 30 },
    );
  });
});

function throughJson(value: object): object {
  const read: object = JSON.parse(JSON.stringify(value));
  return read;
}
