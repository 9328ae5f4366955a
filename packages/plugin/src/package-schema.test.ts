import { components } from "@coppice/components/construct";
import { resources } from "@coppice/provider/plugin";
import { expect, test } from "vitest";
import { packageSchema } from "./package-schema.ts";

// What the document promises; the test looks.
const document = JSON.parse(packageSchema("1.2.3")) as {
  version: string;
  resources: Record<string, { isComponent?: boolean }>;
};

test("the schema has the plugin's version, every component that it constructs and every resource that it serves", () => {
  expect(document.version).toBe("1.2.3");
  const all = Object.entries(document.resources);
  const tokens = (isComponent: boolean) =>
    all.flatMap(([token, spec]) => (Boolean(spec.isComponent) === isComponent ? [token] : [])).sort();
  expect(tokens(true)).toEqual(components.map(({ kind }) => `coppice:index:${kind.name}`).sort());
  expect(tokens(false)).toEqual([...resources.keys()].map((name) => `coppice:index:${name}`).sort());
});
