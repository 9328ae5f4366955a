import { expect, test } from "vitest";
import { doctorReport } from "./doctor-report.ts";

test("parts stand in columns, and each missing one has its line of advice below", () => {
  const lines = doctorReport([
    { name: "Node", state: "found", where: "/usr/bin/node", version: "24.1.0", why: "first on PATH" },
    { name: "Go", state: "not needed", why: "the engine is there" },
    { name: "qemu-img", state: "missing", advice: "type: apt-get install -y qemu-utils" },
  ]);
  expect(lines).toEqual([
    "Node      ok       24.1.0  /usr/bin/node (first on PATH)",
    "Go        -                (the engine is there)",
    "qemu-img  missing",
    "",
    "qemu-img: type: apt-get install -y qemu-utils",
  ]);
});

test("nothing follows the list when nothing is missing", () => {
  expect(doctorReport([{ name: "npm", state: "found", where: "/usr/bin/npm" }])).toEqual([
    "npm  ok    /usr/bin/npm",
  ]);
});
