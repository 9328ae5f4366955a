import { describe, expect, test } from "vitest";
import { schemaDocument } from "./doors/plugin/schema-document.ts";
import { resources } from "./resources.ts";

describe("the package schema", () => {
  // What the document promises; the tests below look.
  const document = JSON.parse(schemaDocument(resources, "1.2.3")) as {
    name: string;
    version: string;
    resources: Record<string, { inputProperties: Record<string, unknown>; requiredInputs: string[] }>;
  };

  test("names the package and every resource by its token", () => {
    expect([document.name, document.version]).toEqual(["coppice", "1.2.3"]);
    expect(Object.keys(document.resources)).toEqual(
      [...resources.keys()].map((name) => `coppice:index:${name}`),
    );
  });

  test("tells which inputs are required and which replace", () => {
    const pool = document.resources["coppice:index:Pool"];
    expect(pool?.requiredInputs).toEqual(["poolid"]);
    expect(pool?.inputProperties["poolid"]).toMatchObject({ type: "string", willReplaceOnChanges: true });
  });
});
