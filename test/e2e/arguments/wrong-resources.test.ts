import { fileURLToPath } from "node:url";
import { PulumiProject } from "@coppice/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";

const pluginModule = fileURLToPath(
  new URL("../../../packages/plugin/bin/pulumi-resource-coppice.js", import.meta.url),
);
const head = `import { BaseGeneration, OverlayPool, Pool } from "@coppice/components";
const base = { number: 1, storage: "nas", shared: true, owned: false, copies: {}, disks: [], config: { balloon: "1024" } };
const vmids = { from: 20000, to: 20009 };
`;

/** A resource used directly, as somebody writes it who silences the compiler, and all that must be said of it. */
const rows: readonly (readonly [what: string, resource: string, says: readonly string[]])[] = [
  [
    "generations with impossible values",
    'new BaseGeneration("lab", { class: "Lab", number: 0, source: "9000", storage: "nas", vmids })',
    [
      `'class' is "Lab", which cannot be the name of a class: only lower-case letters a-z, digits and hyphens are possible; "lab" would do`,
      "'number' is 0, and generations count from 1; choose 1 or more",
      `'source' is "9000", a text; write a whole number like 9000`,
    ],
  ],
  [
    "generations with misspelt and missing ones",
    'new BaseGeneration("lab", { class: "lab", numbr: 2, source: 9000, storage: 5, vmids: { from: 21001 } })',
    [
      "'numbr' is not known; did you mean 'number'?",
      `'storage' is 5, a number; write a text like "nas"`,
      "'vmids.to' is missing; write a whole number like 20999",
    ],
  ],
  [
    "machines with the arguments of a class",
    `new OverlayPool("lab", {
      class: "lab", base, seats: 11, vmids: [20000, 20009], hardware: { memory: 4096, cores: 0 },
      publish: { polcy: "keep", running: "stopp" },
    })`,
    [
      "'seats' is not known; known are cluster, class, base, count, roster, empty, vmids, nodes, hardware, network, cloudInit, start, startBatch, method, pool, tenant, expires, tags, overcommit, dataDisk, reset, undo, publish",
      "'vmids' is a list; write it like { from: 20000, to: 20999 }",
      "'hardware.cores' is 0; choose 1 to 512",
      `'hardware.memory' is 4096, a number; write a size like "4GiB"`,
      "'publish.polcy' is not known; did you mean 'policy'?",
      `'publish.running' is "stopp"; did you mean "stop"? Choose "stop" or "defer"`,
      "'count' is missing; give 'count', a number, or 'roster', the names",
    ],
  ],
  [
    "machines that contradict themselves",
    'new OverlayPool("lab", { class: "lab", base, count: 11, vmids, hardware: { memory: "512MiB" }, reset: { ada: "x" } })',
    [
      "'vmids' holds 10 numbers for 11 seats; widen it to at least 20000–20010",
      `'hardware.memory' is "512MiB", below the template's minimum of 1GiB, its 'balloon'; choose that or more`,
      `'reset.ada' is not a seat of this class, which has "seat-01", "seat-02", "seat-03" and 8 more; check the name`,
    ],
  ],
  [
    "pools",
    'new Pool("lab", { poolid: "a b", coment: "x" })',
    [
      "'coment' is not known; did you mean 'comment'?",
      `'poolid' is "a b", not the id of a pool; use letters, digits, '.', '_' and '-', with at most two '/' between them`,
    ],
  ],
];

let project: PulumiProject;
beforeAll(async () => {
  project = await PulumiProject.create({ program: head, pluginModule });
});
afterAll(() => project.remove());

/** The engine asks one resource after another, and ends the run with the first that its provider refuses. */
test.each(rows)("%s are told all their mistakes at once", { timeout: 60_000 }, async (_, resource, says) => {
  await project.write(`${head}${resource};\n`);
  const { code, events, stdout, stderr } = await project.run("preview");
  expect(code).not.toBe(0);
  const errors = events.flatMap((event) =>
    event.kind === "diagnostic" && event.severity === "error"
      ? [event.text.trim().replace(/^.* has a problem: /, "")]
      : [],
  );
  expect(errors.sort()).toEqual(says.map((each) => `${each} [arguments.wrong]`).sort());
  expect(stdout + stderr).not.toMatch(/map\[|TypeError|\[object|^\s+at .*:\d+:\d+/m);
});
