import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack, type ClassStackOptions } from "./class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "./guests-left.ts";

const withMethod = (method: string) => `import { LabClass } from "@coppice/components";
export const { seats } = new LabClass("lab", {
  template: { vmid: 9000 }, seats: 4, storage: "nas", vmids: { from: 20000, to: 20099 }, method: "${method}",
  hardware: { cores: 2 }, cloudInit: { user: "student" }, start: "after-create", tags: ["spring"],
});
`;

const cases: readonly (readonly [
  name: string,
  versions: readonly ("8.4" | "9.2")[],
  options: ClassStackOptions,
])[] = [
  ["the example lab-class", ["8.4", "9.2"], { example: "lab-class" }],
  ["the example overlay-vm-pool", ["8.4", "9.2"], { example: "overlay-vm-pool" }],
  ["the quick start at the root", ["9.2"], { example: ".", config: { "coppice-quick-start:seats": "3" } }],
  ["a class of overlays", ["8.4", "9.2"], { example: "lab-class", program: withMethod("overlay") }],
  ["a class of linked clones", ["8.4", "9.2"], { example: "lab-class", program: withMethod("linked") }],
  ["a class in bulk", ["8.4", "9.2"], { example: "lab-class", program: withMethod("bulk") }],
  [
    "a class through the dynamic door",
    ["9.2"],
    { example: "lab-class", program: withMethod("auto"), config: { "coppice:door": "dynamic" } },
  ],
];

// Five runs of the engine each, on a machine that may be busy.
const LIMIT = { timeout: 240_000 };

describe.each(["8.4", "9.2"] as const)("on Proxmox VE %s", LIMIT, (pve) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ nodes: 2, pve });
  });
  afterAll(() => emulator.stop());

  test.each(cases.filter(([, versions]) => versions.includes(pve)))(
    "%s is made, stays as it is through refresh and previews, and leaves only the template",
    async (_name, _versions, options) => {
      const stack = await ClassStack.create(emulator, options);
      try {
        expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
        expect((await guestsAndDisks(emulator)).length).toBeGreaterThan(TEMPLATE_ONLY.length + 3);
        expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
        expect(await stack.failureOf("refresh", "--yes", "--skip-preview", "--expect-no-changes")).toBe("");
        expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
      } finally {
        expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
        await stack.remove();
      }
      expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
    },
  );
});
