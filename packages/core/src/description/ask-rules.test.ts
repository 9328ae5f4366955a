import { expect, test } from "vitest";
import type { RecordType } from "./field.ts";
import { findMistakes } from "./find-mistakes.ts";
import { mistakeSentence, type Rule } from "./mistake.ts";

const OUTPUT = Symbol("an output");

/** What a rule was asked with each time, for an object with one rule that finds something whenever it is asked. */
function asked(needs: readonly string[], given: object): { seen: object[]; sentences: string[] } {
  const seen: object[] = [];
  const rule: Rule = {
    needs,
    find: (value) => {
      seen.push(value);
      return [{ path: ["seats"], reason: "is what the rule finds" }];
    },
  };
  const address: RecordType = {
    name: "Address",
    sentence: "An object.",
    fields: {
      first: { kind: "text", sentence: "A text.", example: "10.0.0.1" },
      length: { kind: "whole", sentence: "A number.", default: 24 },
      password: { kind: "text", sentence: "A late text.", late: true },
    },
  };
  const type: RecordType = {
    name: "Class",
    sentence: "An object with a rule.",
    fields: {
      seats: { kind: "whole", from: 0, sentence: "A number.", example: 25 },
      memory: { kind: "size", whole: "MiB", least: "1MiB", sentence: "A size.", example: "4GiB" },
      method: { kind: "choice", choices: { auto: "a", bulk: "b" }, sentence: "A choice.", default: "auto" },
      storage: { kind: "text", sentence: "A late text.", late: true },
      address: { kind: "record", type: address, sentence: "An object." },
    },
    rules: [rule],
  };
  const outer: RecordType = {
    name: "Outer",
    sentence: "Where it lies.",
    fields: { class: { kind: "record", type, sentence: "An object." } },
  };
  const mistakes = findMistakes(outer, { class: given }, (value) => value === OUTPUT);
  return { seen, sentences: mistakes.map(mistakeSentence) };
}

test("a rule gets the fields that it needs and no others, defaults filled in, sizes in one spelling", () => {
  const given = { seats: 25, memory: "4096MiB", storage: "nas" };
  expect(asked(["seats", "memory", "method"], given)).toEqual({
    seen: [{ seats: 25, memory: "4GiB", method: "auto" }],
    sentences: ["'class.seats' is what the rule finds"],
  });
});

test("of a nested field it gets that one, and is not kept waiting for its neighbours", () => {
  const given = { seats: 1, address: { first: "10.0.0.1", password: OUTPUT } };
  expect(asked(["address.first"], given).seen).toEqual([{ address: { first: "10.0.0.1", length: 24 } }]);
});

test.each<[string, readonly string[], object]>([
  ["is not known yet", ["storage"], { storage: OUTPUT }],
  ["has a neighbour inside that is not known yet", ["address"], { address: { password: OUTPUT } }],
  ["is not known yet itself, inside", ["address.password"], { address: { password: OUTPUT } }],
  ["is wrong", ["seats"], { seats: -1 }],
  ["lies in something wrong", ["address.first"], { address: 5 }],
  ["is wrong inside", ["address"], { address: { first: 5 } }],
  ["was perhaps meant by another name", ["seats"], { seatz: 25 }],
])("a rule is not asked while what it needs %s", (_, needs, given) => {
  expect(asked(needs, given).seen).toEqual([]);
});

test("a rule is asked about what is absent, since it may be what must be there", () => {
  expect(asked(["seats", "address.first"], {}).seen).toEqual([{}]);
});

test("other mistakes do not keep a rule from being asked: everything is said at once", () => {
  expect(asked(["seats"], { seats: 25, memory: 4096 }).sentences).toEqual([
    `'class.memory' is 4096, a number; write a size like "4GiB"`,
    "'class.seats' is what the rule finds",
  ]);
});
