import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentLimits } from "./document/limits.ts";
import { readDocuments } from "./read-documents.ts";

const POOL = "kind: Pool\nversion: 1\nname: lab\npoolid: lab\n";

function messagesOf(text: string): string[] {
  const { documents, mistakes } = readDocuments([{ file: "a.yaml", text }]);
  expect(documents).toEqual([]);
  return mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** A text of half a megabyte, which is less than is refused for its size. */
function flood(part: string): string {
  return part.repeat(Math.floor(documentLimits.fileBytes / 2 / part.length));
}

function bomb(): string {
  const levels = Array.from(
    { length: 20 },
    (_, level) => `b${level + 1}: &b${level + 1} [${`*b${level}, `.repeat(9)}]`,
  );
  return [`b0: &b0 [lol]`, ...levels, POOL].join("\n");
}

describe("a text that nobody wrote as a description is refused", () => {
  test.each([
    [
      "a file of 100 MB",
      "#".repeat(100_000_000),
      "1:1 The file has more than 1 MiB; put its documents into several files",
    ],
    ["a bomb of aliases", bomb(), "4:10 More than 100 aliases are followed in this document; write them out"],
    [
      "a long list, again and again",
      `a: &a [${"x, ".repeat(5000)}]\nb: [*a, *a, *a]\n`,
      "2:9 The aliases of this document stand for more than 10000 values; write it shorter",
    ],
    [
      "an alias for what it lies in",
      "a: &a [*a]\n",
      "1:8 This alias stands for what it lies in itself; write it out",
    ],
    ["an alias for nothing", "a: *b\n", "1:4 Nothing before it has this alias's name; check the name"],
    [
      "a byte of no text",
      "kind: Pool\nname: \0\n",
      "2:7 A byte here belongs to no text; write the file in UTF-8",
    ],
    [
      "text in UTF-16",
      Buffer.from(`\ufeff${POOL}`, "utf16le").toString(),
      "1:1 A byte here belongs to no text",
    ],
    [
      "brackets inside each other",
      flood("["),
      "1:65 More than 64 brackets lie inside each other here; write it flatter",
    ],
    [
      "lines inside each other",
      Array.from({ length: 70 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      "65:65 More than 64 lists and objects",
    ],
    ["anchors behind each other", flood("&a "), "1:300 Too many signs follow each other here"],
    ["closing brackets", flood("}"), "1:1 This is no YAML: Unexpected flow-map-end token"],
    [
      "more fields than anybody has",
      Array.from({ length: 11_000 }, (_, i) => `k${i}: x`).join("\n"),
      "1:1 This holds more than 10000 values; write fewer",
    ],
    [
      "nothing but signs",
      flood("\n"),
      "The file has too many words and signs; put its documents into several files",
    ],
  ])("%s", (_, text, expected) => {
    const messages = messagesOf(text);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(expected);
  });

  test("one field of many, each of which is compared with ten thousand seats", () => {
    const orders = Array.from({ length: 9_000 }, (_, seat) => `  seat${seat}: x\n`).join("");
    const lab = `kind: LabClass\nversion: 1\nname: lab\nseats: 10000\nstorage: nas\ntemplate: { vmid: 9000 }\n`;
    const messages = messagesOf(`${lab}reset:\n${orders}`);
    expect(messages).toHaveLength(documentLimits.mistakes + 1);
    // It stands where the document begins.
    expect(messages[0]).toContain("More than 1000 mistakes are found; correct these first");
  });

  test("more documents than are read", () => {
    const text = (from: number) =>
      Array.from({ length: 5_001 }, (_, index) => POOL.replace("lab", `p${from + index}`)).join("---\n");
    const { documents, mistakes } = readDocuments([
      { file: "a.yaml", text: text(0) },
      { file: "b.yaml", text: text(6_000) },
    ]);
    expect(documents).toHaveLength(documentLimits.documents);
    expect(mistakes.map(({ file, message }) => `${file} ${message}`)).toEqual([
      "b.yaml More than 10000 documents are given; give fewer at a time",
    ]);
  });
});

describe("whatever a text holds, it is read or refused, with places that there are", () => {
  const signs =
    ": |\n|  |- |[|]|{|}|, |&a |*a|'|\"|>|#|---\n|\t|!!str |? |<<: |...\n|%|version: 1\n|name: x\n";
  const names = "kind|LabClass|Pool|null|1e3|__proto__|constructor|template: ";
  const words = fc.constantFrom("|\n", ...`${signs}|${names}`.split("|"));
  const soup = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(""));
  const broken = fc.tuple(fc.nat(200), fc.nat(5), fc.string({ maxLength: 5 })).map(([at, count, more]) => {
    const text = `${POOL}---\nkind: LabClass\nversion: 1\nname: lab\nseats: 3\nstorage: nas\ntemplate: { vmid: 9000 }\nreset: { seat-01: x }\n`;
    return text.slice(0, at) + more + text.slice(at + count);
  });

  test.each([
    ["any text", fc.string({ unit: "binary", maxLength: 200 })],
    ["words of YAML in any order", soup],
    ["documents with a slip", broken],
  ])("%s", (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const { documents, mistakes } = readDocuments([{ file: "a.yaml", text }], { clusters: ["main"] });
        const lines = text.split("\n");
        for (const { line, column, message } of mistakes) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 2);
          expect(message).not.toBe("");
        }
        for (const { name, inputs } of documents) expect(typeof name + typeof inputs).toBe("stringobject");
      }),
      { numRuns: 1_500 },
    );
  });
});
