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

test("no line is wider than the terminal, whatever a path or an advice is like", () => {
  const where =
    "/home/ada/.cache/coppice/engine/3.255.0-linux-x64-59979da1/home-790df018/bin/pulumi-language-nodejs";
  const lines = doctorReport(
    [
      { name: "language host", state: "found", where, why: "ours, because the engine was built" },
      { name: "sshd", state: "missing", advice: `type: ${"apt-get install -y openssh-server ".repeat(4)}` },
    ],
    80,
  );
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.slice(0, 3)).toEqual([
    "language host  ok",
    "  /home/ada/.cache/coppice/engine/3.255.0-linux-x64-59979da1/home-790df018/bin/",
    "  pulumi-language-nodejs (ours, because the engine was built)",
  ]);
});

test("nothing follows the list when nothing is missing", () => {
  expect(doctorReport([{ name: "npm", state: "found", where: "/usr/bin/npm" }])).toEqual([
    "npm  ok    /usr/bin/npm",
  ]);
});
