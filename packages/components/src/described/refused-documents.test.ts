import { CoppiceError } from "@coppice/core";
import { RunError } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { allOrRefused, RefusedDocuments } from "./refused-documents.ts";

const documents = ["a", "b", "c"].map((name) => ({ kind: "LabClass", name }));
const wrong = (name: string) => new CoppiceError("engine.description", { what: `'${name}' is wrong` });

test("with one that is refused nothing is done, and each refusal is told", () => {
  const work = ({ name }: { name: string }) => {
    if (name !== "b") throw wrong(name);
    return name;
  };
  const failure = new RefusedDocuments([]);
  expect(RunError.isInstance(failure)).toBe(true);
  expect(() => allOrRefused(documents, work)).toThrow(
    expect.objectContaining({
      name: "RefusedDocuments",
      message: `${wrong("a").message}\n${wrong("c").message}`,
      refused: [
        expect.objectContaining({ document: documents[0] }),
        expect.objectContaining({ document: documents[2] }),
      ],
    }),
  );
});

test("a bug is told as it is", () => {
  const work = () => {
    throw new TypeError("of no use");
  };
  expect(() => allOrRefused(documents, work)).toThrow(TypeError);
});

test("without a refusal all is done", () => {
  expect(allOrRefused(documents, ({ name }) => name)).toEqual(["a", "b", "c"]);
});
