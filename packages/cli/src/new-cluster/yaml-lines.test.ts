import { expect, test } from "vitest";
import { yamlLines } from "./yaml-lines.ts";

test("objects are nested, leaves are JSON, absent ones are left out, and odd keys are quoted", () => {
  const main = { endpoint: "https://pve1:8006", port: 22, caFile: undefined, "pve 1": { bulk: false } };
  expect(yamlLines({ "coppice:clusters": { main } })).toEqual([
    "coppice:clusters:",
    "  main:",
    '    endpoint: "https://pve1:8006"',
    "    port: 22",
    '    "pve 1":',
    "      bulk: false",
  ]);
});
