import { describe, expect, test } from "vitest";
import type { RecordType } from "./field.ts";
import { findMistakes } from "./find-mistakes.ts";
import { mistakeSentence } from "./mistake.ts";

const inner: RecordType = {
  name: "Inner",
  sentence: "An object.",
  fields: {
    vmid: { kind: "whole", sentence: "A number.", required: true, late: true, example: 9000 },
    note: { kind: "text", sentence: "A text.", example: "n" },
  },
};

const type: RecordType = {
  name: "Thing",
  sentence: "One of everything.",
  fields: {
    storage: { kind: "text", sentence: "A text.", required: true, example: "nas" },
    label: { kind: "text", name: "seat", sentence: "A name.", example: "ada" },
    tag: {
      kind: "text",
      pattern: { form: /^[a-z]+$/, outside: "not a tag", wayOut: "use letters" },
      sentence: "A text with a form.",
      example: "lab",
    },
    cores: { kind: "whole", from: 1, to: 512, sentence: "A number.", example: 2 },
    batch: {
      kind: "whole",
      from: 1,
      outside: "which would start nothing",
      sentence: "A number.",
      default: 4,
    },
    below: { kind: "whole", to: 9, sentence: "A number." },
    teacher: { kind: "flag", sentence: "A flag." },
    policy: { kind: "choice", choices: { reset: "a", keep: "b" }, sentence: "A choice.", default: "reset" },
    memory: { kind: "size", whole: "MiB", least: "16MiB", sentence: "A size.", example: "4GiB" },
    wait: { kind: "duration", sentence: "A duration.", default: "7d" },
    roster: { kind: "list", items: { kind: "text" }, sentence: "A list.", example: ["ada", "grace"] },
    orders: { kind: "map", values: { kind: "text" }, sentence: "A map.", example: { ada: "x" } },
    template: { kind: "record", type: inner, sentence: "An object.", example: { vmid: 9000 } },
    base: { kind: "record", type: inner, sentence: "A late object.", late: true },
    from: {
      kind: "one-of",
      options: [
        { kind: "choice", choices: { teacher: "a" } },
        { kind: "record", type: inner },
      ],
      sentence: "Either.",
      example: "teacher",
    },
    password: { kind: "text", name: "seat", sentence: "A secret.", secret: true, late: true },
    pin: { kind: "whole", from: 1, to: 9, sentence: "A secret.", secret: true },
  },
};

const OUTPUT = Symbol("an output");
const sentences = (more: unknown) => {
  const given = typeof more === "object" ? { storage: "nas", ...more } : more;
  return findMistakes(type, given, (value) => value === OUTPUT).map(mistakeSentence);
};

test("whatever is not known yet is no mistake where all may be so, and what is known is still judged", () => {
  const given = {
    storage: OUTPUT,
    cores: OUTPUT,
    policy: OUTPUT,
    roster: [OUTPUT, 7],
    template: OUTPUT,
    pin: 10,
  };
  const mistakes = findMistakes(type, given, (value) => value === OUTPUT, "all");
  expect(mistakes.map(({ path }) => path)).toEqual([["roster", 1], ["pin"]]);
});

describe("what is right", () => {
  test.each([
    ["nothing but what must be there", {}],
    ["null and undefined for what is left out", { cores: null, memory: undefined, misspelt: undefined }],
    ["a late value that is not known yet", { password: OUTPUT, template: { vmid: OUTPUT } }],
    ["a late object that is not known yet, as a whole and in part", { base: { vmid: 1, note: OUTPUT } }],
    ["either of several shapes", { from: { vmid: 9001 } }],
    ["an object without a prototype", { template: Object.assign(Object.create(null), { vmid: 1 }) }],
  ])("is accepted: %s", (_, more) => {
    expect(sentences(more)).toEqual([]);
  });
});

describe("what is wrong is named with its value and the way out", () => {
  test.each<[unknown, string]>([
    [{ polcy: "keep" }, "'polcy' is not known; did you mean 'policy'?"],
    [{ vmid: 9000 }, "'vmid' is not known; did you mean 'template.vmid', 'base.vmid' or 'from.vmid'?"],
    [{ template: { vmid: 1, nota: "x" } }, "'template.nota' is not known; did you mean 'note'?"],
    [{ template: { vmid: 1, colour: 1 } }, "'template.colour' is not known; known are vmid, note"],
    [
      { toString: "x" },
      "'toString' is not known; known are storage, label, tag, cores, batch, below, teacher, policy, memory, wait, roster, orders, template, base, from, password, pin",
    ],
    [{ storage: null }, `'storage' is missing; write a text like "nas"`],
    [{ storage: "" }, `'storage' is an empty text; leave it out, or write one like "nas"`],
    [{ storage: 5 }, `'storage' is 5, a number; write a text like "nas"`],
    [
      { label: "Ada!" },
      `'label' is "Ada!", which cannot be the name of a seat: only lower-case letters a-z, digits and hyphens are possible; "ada" would do`,
    ],
    [
      { label: "!" },
      `'label' is "!", which cannot be the name of a seat: only lower-case letters a-z, digits and hyphens are possible; write one like "ada"`,
    ],
    [{ tag: "a b" }, `'tag' is "a b", not a tag; use letters`],
    [{ tag: "1".repeat(300) }, "'tag' is a text of 300 characters, not a tag; use letters"],
    [{ cores: 0 }, "'cores' is 0; choose 1 to 512"],
    [{ cores: 2.5 }, "'cores' is 2.5, not a whole number; write one like 2"],
    [{ cores: Number.NaN }, "'cores' is NaN, not a whole number; write one like 2"],
    [{ cores: "2" }, `'cores' is "2", a text; write a whole number like 2`],
    [{ batch: 0 }, "'batch' is 0, which would start nothing; choose 1 or more"],
    [{ below: 10 }, "'below' is 10; choose at most 9"],
    [{ teacher: "yes" }, `'teacher' is "yes", a text; write true or false`],
    [{ teacher: 1 }, "'teacher' is 1, a number; write true or false"],
    [{ policy: "kep" }, `'policy' is "kep"; did you mean "keep"? Choose "reset" or "keep"`],
    [{ policy: "burn" }, `'policy' is "burn"; choose "reset" or "keep"`],
    [{ policy: true }, `'policy' is true; write "reset" or "keep"`],
    [{ memory: 4096 }, `'memory' is 4096, a number; write a size like "4GiB"`],
    [
      { memory: "4GB" },
      `'memory' is "4GB": the unit "GB" is unknown (did you mean "GiB"?); known are KiB, MiB, GiB, TiB; write it like "4GiB"`,
    ],
    [{ memory: "16.5MiB" }, `'memory' is "16.5MiB", not whole MiB; write it like "4GiB"`],
    [{ memory: "8MiB" }, `'memory' is "8MiB", less than 16MiB; choose that or more`],
    [{ wait: "7" }, `'wait' is "7": it is not a plain number followed by ms, s, m, h, d; write it like "7d"`],
    [{ wait: 7 }, `'wait' is 7, a number; write a duration like "7d"`],
    [{ roster: "ada" }, `'roster' is "ada", a text; write a list like ["ada", "grace"]`],
    [{ roster: ["ada", 2] }, `'roster[1]' is 2, a number; write a text like "ada"`],
    [{ roster: [null] }, `'roster[0]' is null; write a text like "ada"`],
    [{ roster: { ada: 1 } }, `'roster' is an object; write a list like ["ada", "grace"]`],
    [{ orders: ["ada"] }, `'orders' is a list; write it like { ada: "x" }`],
    [{ orders: { "seat-01": true } }, `'orders["seat-01"]' is true; write a text like "x"`],
    [{ template: 9123 }, "'template' is 9123, a number; write it like { vmid: 9123 }"],
    [{ template: "9123" }, `'template' is "9123", a text; write it like { vmid: 9000 }`],
    [{ template: new Map() }, "'template' is a Map object; write it like { vmid: 9000 }"],
    [{ template: {} }, "'template.vmid' is missing; write a whole number like 9000"],
    [{ from: 9001 }, "'from' is 9001, a number; write it like { vmid: 9001 }"],
    [{ from: "teecher" }, `'from' is "teecher", a text; write it like "teacher" or { vmid: 9000 }`],
    [{ from: { vmid: "9001" } }, `'from.vmid' is "9001", a text; write a whole number like 9000`],
    [
      { cores: OUTPUT },
      "'cores' is an output, which is known only during the run; give a plain value, since the run is planned by it",
    ],
    [
      { template: { vmid: 1, note: OUTPUT } },
      "'template.note' is an output, which is known only during the run; give a plain value, since the run is planned by it",
    ],
    [
      { roster: ["ada", OUTPUT] },
      "'roster[1]' is an output, which is known only during the run; give a plain value, since the run is planned by it",
    ],
    [7, 'What is given is a number; write it like { storage: "nas" }'],
  ])("%j", (more, sentence) => {
    expect(sentences(more)).toEqual([sentence]);
  });

  test("a kind of value that JSON has no word for", () => {
    expect(sentences({ cores: 2n })).toEqual(["'cores' is a bigint; write a whole number like 2"]);
    expect(sentences({ cores: () => 2 })).toEqual(["'cores' is a function; write a whole number like 2"]);
  });

  test("all of it at once, and a field that another name was meant for is not missing as well", () => {
    expect(sentences({ storage: undefined, storag: "nas", cores: 0, template: { vmid: "x" } })).toEqual([
      "'storag' is not known; did you mean 'storage'?",
      "'cores' is 0; choose 1 to 512",
      `'template.vmid' is "x", a text; write a whole number like 9000`,
    ]);
  });

  test("nothing at all lacks what must be there", () => {
    expect(findMistakes(type, undefined).map(mistakeSentence)).toEqual([
      `'storage' is missing; write a text like "nas"`,
    ]);
  });
});

describe("a secret is never repeated", () => {
  const vault: RecordType = {
    name: "Vault",
    sentence: "An object with a secret inside.",
    fields: { password: { kind: "text", sentence: "A secret.", secret: true, required: true } },
  };
  const outer: RecordType = {
    name: "Outer",
    sentence: "Where it lies.",
    fields: {
      vault: { kind: "record", type: vault, sentence: "An object." },
      vaults: { kind: "list", items: { kind: "record", type: vault }, sentence: "A list." },
      sealed: { kind: "record", type: inner, sentence: "An object that is a secret.", secret: true },
      key: {
        kind: "one-of",
        options: [{ kind: "record", type: vault }, { kind: "text" }],
        sentence: "Either.",
        secret: true,
      },
    },
  };

  test.each([
    [type, { storage: "nas", password: "Hunter2" }],
    [type, { storage: "nas", password: 4711 }],
    [type, { storage: "nas", passwort: "Hunter2" }],
    [type, { storage: "nas", pin: 4711 }],
    [outer, { vault: "Hunter2" }],
    [outer, { vault: { password: 4711 } }],
    [outer, { vault: { pasword: "Hunter2" } }],
    [outer, { vaults: ["Hunter2", { password: ["Hunter2"] }] }],
    [outer, { vaults: "Hunter2" }],
    [outer, { sealed: { vmid: "Hunter2" } }],
    [outer, { key: 4711 }],
    [outer, { key: { password: 4711 } }],
  ])("case %#", (kind, given) => {
    const text = findMistakes(kind, given).map(mistakeSentence).join("\n");
    expect(text).not.toBe("");
    expect(text).not.toMatch(/Hunter2|4711/);
  });
});
