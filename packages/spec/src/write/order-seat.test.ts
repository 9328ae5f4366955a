import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocuments } from "../read-documents.ts";
import { orderSeat } from "./order-seat.ts";

const HEAD = `# The class of spring.
kind: LabClass # a class
version: 1

name: lab
template: { vmid: 9000 }   # Debian
seats: 9
storage: 'nas'
`;
const reset = { document: "lab", order: "reset", seat: "seat-07", value: "2026-10-01" } as const;

describe("an order for a seat", () => {
  test.each([
    ["is added where there is none", HEAD, `${HEAD}reset: { seat-07: "2026-10-01" }\n`],
    [
      "is added without a line break at the end",
      `${HEAD}teacher: true`,
      `${HEAD}teacher: true\nreset: { seat-07: "2026-10-01" }\n`,
    ],
    [
      "is added before the next document",
      `${HEAD}tags:\n  - spring # this year\n---\nkind: Pool\n`,
      `${HEAD}tags:\n  - spring # this year\nreset: { seat-07: "2026-10-01" }\n---\nkind: Pool\n`,
    ],
    [
      "is added to others on lines of their own",
      `${HEAD}reset:\n    seat-01: "a" # first\n    # the last\nteacher: true\n`,
      `${HEAD}reset:\n    seat-01: "a" # first\n    seat-07: "2026-10-01"\n    # the last\nteacher: true\n`,
    ],
    [
      "is added to others on one line",
      `${HEAD}reset: { seat-01: a } # first\n`,
      `${HEAD}reset: { seat-01: a, seat-07: "2026-10-01" } # first\n`,
    ],
    ["is added to nothing", `${HEAD}reset: {}\n`, `${HEAD}reset: { seat-07: "2026-10-01" }\n`],
    [
      "is added to an empty field",
      `${HEAD}reset: # none yet\n`,
      `${HEAD}reset: { seat-07: "2026-10-01" } # none yet\n`,
    ],
    [
      "takes the place of an older one",
      `${HEAD}reset:\n  seat-07: '2025' # once\n  seat-08: x\n`,
      `${HEAD}reset:\n  seat-07: "2026-10-01" # once\n  seat-08: x\n`,
    ],
    [
      "keeps line breaks",
      HEAD.replaceAll("\n", "\r\n"),
      `${HEAD}reset: { seat-07: "2026-10-01" }\n`.replaceAll("\n", "\r\n"),
    ],
    [
      "is JSON in JSON",
      '{\n  "kind": "LabClass",\n  "name": "lab"\n}\n',
      '{\n  "kind": "LabClass",\n  "name": "lab",\n  "reset": { "seat-07": "2026-10-01" }\n}\n',
    ],
    [
      "is written out where an alias stands",
      `${HEAD}undo: &a { seat-01: x }\nreset: *a\n`,
      expect.stringMatching(/undo: &a \{ seat-01: x \}\nreset:\s+\{?\s*seat-01: x,?\s+seat-07: /),
    ],
  ])("%s", (_, text, expected) => {
    expect(orderSeat(text, reset)).toEqual(expected);
  });

  test("is refused for a document that is not there, or not as it was", () => {
    for (const text of ["kind: LabClass\nname: other\n", "kind: LabClass\nname: lab\n  a: b\n"]) {
      expect(() => orderSeat(text, reset)).toThrow(
        "Nothing could be written into the document 'lab': its file does not hold it as it did before, or cannot be read. Correct the file, then try again [document.missing]",
      );
    }
  });

  test("is read as it was given, beside all that was said before, in any style", () => {
    const field = fc.constantFrom(
      "tags: [a, b] # c",
      "tags:\n- a\n# c\n- b",
      "cloudInit:\n  user: x",
      "teacher: true",
      "# c",
      "",
    );
    const orders = fc.constantFrom(
      "",
      "undo: { seat-01: x }",
      "reset:\n  seat-01: x",
      "reset: {seat-07: y,}",
      "reset: {\n  seat-02: z\n}",
    );
    const value = fc.stringMatching(/^[ -~]{1,12}$/);
    fc.assert(
      fc.property(
        fc.tuple(field, orders, field),
        fc.constantFrom("reset", "undo"),
        value,
        (parts, order, given) => {
          const text = `${HEAD}${[...new Set(parts)].join("\n")}\n`;
          const [before] = readDocuments([{ file: "a.yaml", text }]).documents;
          fc.pre(before !== undefined);
          const edited = orderSeat(text, { document: "lab", order, seat: "seat-07", value: given });
          const { documents, mistakes } = readDocuments([{ file: "a.yaml", text: edited }]);
          expect(mistakes).toEqual([]);
          const said = before?.inputs ?? {};
          const orderedBefore = said[order] ?? {};
          expect(documents[0]?.inputs).toEqual({
            ...said,
            [order]: { ...Object(orderedBefore), "seat-07": given },
          });
          for (const comment of text.match(/#.*/g) ?? []) expect(edited).toContain(comment);
        },
      ),
      { numRuns: 300 },
    );
  });
});
