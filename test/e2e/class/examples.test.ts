import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack, type ClassStackOptions } from "./class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "./guests-left.ts";

/** One class of each method beside the others. */
const allMethods = `import { LabClass } from "@coppice/components";
for (const [index, method] of ["overlay", "linked", "bulk"].entries()) {
  new LabClass(method, {
    template: { vmid: 9000 }, seats: 3, storage: "nas", method, tags: ["spring"], start: "after-create",
    vmids: { from: 20000 + 100 * index, to: 20099 + 100 * index },
    hardware: { cores: 2 }, cloudInit: { user: "student" },
  });
}
`;

const dynamicDoor = `import { LabClass } from "@coppice/components";
export const { seats } = new LabClass("lab", {
  template: { vmid: 9000 }, seats: 3, storage: "nas", vmids: { from: 20000, to: 20099 },
  hardware: { cores: 2 }, cloudInit: { user: "student" }, start: "after-create",
});
`;

type Case = readonly [name: string, versions: readonly ("8.4" | "9.2")[], options: ClassStackOptions];

// The quick start at the root runs the example lab-class, so each of the two runs on one release.
const cases: readonly Case[] = [
  ["the example lab-class", ["8.4"], { example: "lab-class" }],
  ["the quick start at the root", ["9.2"], { example: ".", config: { "coppice-quick-start:seats": "3" } }],
  ["the example overlay-vm-pool", ["8.4", "9.2"], { example: "overlay-vm-pool" }],
  ["the example tenant-quota", ["8.4", "9.2"], { example: "tenant-quota" }],
  [
    "the example tenant-quota through the dynamic door",
    ["9.2"],
    { example: "tenant-quota", config: { "coppice:door": "dynamic" } },
  ],
  ["a class by each method", ["8.4", "9.2"], { example: "lab-class", program: allMethods }],
  [
    "a class through the dynamic door",
    ["9.2"],
    { example: "lab-class", program: dynamicDoor, config: { "coppice:door": "dynamic" } },
  ],
];

// Four runs of the engine each, on a machine that may be busy.
const LIMIT = { timeout: 240_000 };

describe.each(["8.4", "9.2"] as const)("on Proxmox VE %s", LIMIT, (pve) => {
  let emulator: Emulator;
  beforeAll(async () => {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    emulator = await startEmulator({ nodes: 2, pve, timeScale: 5 });
  });
  afterAll(() => emulator.stop());

  test.each(cases.filter(([, versions]) => versions.includes(pve)))(
    "%s is made, stays as it is through refresh and preview, and leaves only the template",
    async (_name, _versions, options) => {
      const stack = await ClassStack.create(emulator, options);
      try {
        expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
        expect((await guestsAndDisks(emulator)).length).toBeGreaterThan(TEMPLATE_ONLY.length + 3);
        const made = await recorded(stack);
        expect(await stack.failureOf("refresh", "--yes", "--skip-preview", "--expect-no-changes")).toBe("");
        // A preview compares the program with what is recorded: with the same recorded, one speaks for both moments.
        expect(await recorded(stack)).toEqual(made);
        expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
      } finally {
        expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
        await stack.remove();
      }
      expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
    },
  );
});

/**
 * What is recorded of each resource, but for what is another each time: a secret's encrypted text, and the addresses of
 * seats, which a refresh learns from agents that had not come up before.
 */
async function recorded({ project }: ClassStack): Promise<string[]> {
  const { resources = [] } = await project.state();
  expect(resources.length).toBeGreaterThan(3);
  return resources.map(({ urn, inputs, outputs }) =>
    JSON.stringify({ urn, inputs, outputs }, (key, value: unknown) =>
      key === "ciphertext" || key === "addresses" ? undefined : value,
    ),
  );
}
