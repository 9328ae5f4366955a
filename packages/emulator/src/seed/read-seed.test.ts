import { CoppiceError } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { readSeed } from "./read-seed.ts";

function messageOf(text: string): string {
  try {
    readSeed(text, "lab.yaml");
  } catch (error) {
    if (CoppiceError.is(error)) return error.message;
    throw error;
  }
  return "no error";
}

describe("reading a seed", () => {
  test("keeps numbers as they were written, turns truth into 1 and 0, joins lists", () => {
    const seed = readSeed(
      "guests:\n  - vmid: 101\n    name: 007\n    tags: [a, b]\n    start: true\n",
      "lab.yaml",
    );
    const [guest] = seed.sections.guests;
    const texts = [...(guest?.options.values() ?? [])].map(({ name, text }) => `${name}=${text}`);
    expect(texts).toEqual(["vmid=101", "name=007", "tags=a,b", "start=1"]);
  });

  test("an empty file is an empty seed", () => {
    expect(readSeed("# nothing yet\n", "lab.yaml")).toMatchObject({ bare: false, sections: { guests: [] } });
  });

  test.each([
    ["guests: [\n", /^lab\.yaml:2:1: this is no YAML: /],
    ["guests:\n  - vmid: 1\n    vmid: 2\n", /^lab\.yaml:3:5: this is no YAML: /],
    ["- a\n", /^lab\.yaml:1:1: the file is no map: expected keys: bare, storages/],
    ["guest: []\n", /^lab\.yaml:1:1: 'guest' is not known: expected one of bare, /],
    ["bare: maybe\n", /^lab\.yaml:1:7: 'bare' is no truth value: expected true or false/],
    ["pools:\n  lab: {}\n", /^lab\.yaml:2:3: 'pools' is no list: expected lines that begin with '- '/],
    ["pools:\n  - lab\n", /^lab\.yaml:2:5: this entry of 'pools' is no map/],
    ["pools:\n  - poolid: {a: 1}\n", /^lab\.yaml:2:13: 'poolid' has no value that can be used/],
    ["pools:\n  - poolid:\n", /^lab\.yaml:2:5: 'poolid' has no value .* found nothing/],
  ])("names file, line, column and what was expected in %j", (text, message) => {
    expect(messageOf(text)).toMatch(message);
  });
});
