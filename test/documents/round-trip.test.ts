import { documentKinds } from "@coppice/core";
import { documentText, readDocuments } from "@coppice/spec";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fittingDescription } from "./fitting-documents.ts";

test.each(documentKinds.map(({ name }) => name))("any %s is read as it was written", (kind) => {
  fc.assert(
    fc.property(fittingDescription(kind), ({ name, inputs }) => {
      const text = documentText({ kind, name, inputs });
      const { documents, mistakes } = readDocuments([{ file: "a.yaml", text }]);
      expect(mistakes).toEqual([]);
      expect(documents).toMatchObject([{ kind, name }]);
      expect(documents[0]?.inputs).toEqual(inputs);
    }),
    { numRuns: 300 },
  );
});

test("words that other readers take for numbers, dates and truth are quoted", () => {
  const inputs = { poolid: "on", comment: "2026-10-01" };
  expect(documentText({ kind: "Pool", name: "yes", inputs })).toBe(
    'kind: Pool\nversion: 1\nname: "yes"\npoolid: "on"\ncomment: "2026-10-01"\n',
  );
});
