import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "./class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "./guests-left.ts";

/** A class that stands alone, or in a component of the user's own, under which its URN is another. */
const program = (isMoved: boolean, seats: number) => `import { LabClass } from "@coppice/components";
import { ComponentResource, rootStackResource } from "@pulumi/pulumi";

const course = ${isMoved ? 'new ComponentResource("school:index:Course", "course")' : "undefined"};
const lab = new LabClass(
  "lab",
  { template: { vmid: 9000 }, seats: ${seats}, teacher: true, storage: "nas", vmids: { from: 20000, to: 20099 } },
  course && { parent: course, aliases: [{ parent: rootStackResource }] },
);
export const seats = lab.seats;
`;

describe.each(["plugin", "dynamic"])(
  "a class that gets another URN by an alias, through the %s door",
  { timeout: 240_000 },
  (door) => {
    let emulator: Emulator;
    let stack: ClassStack;
    beforeAll(async () => {
      // Locks of shared storages are polled once a second; nothing here depends on how long that is.
      emulator = await startEmulator({ nodes: 1, timeScale: 5 });
      const config = { "coppice:door": door };
      stack = await ClassStack.create(emulator, { example: "lab-class", program: program(false, 2), config });
    });
    afterAll(async () => {
      await stack.remove();
      await emulator.stop();
    });

    test("keeps its machines, which carry the mark of the URN that it was made under", async () => {
      await stack.succeeds("up", "--yes", "--skip-preview");
      const before = await stack.output<object>("seats");
      await stack.write(program(true, 2));
      expect(await stack.printedBy("preview")).toMatch(/\+ 1 to create\n\s+5 unchanged/);
      await stack.succeeds("up", "--yes", "--skip-preview");
      await stack.succeeds("refresh", "--yes", "--skip-preview");
      expect(await stack.output<object>("seats")).toEqual(before);
    });

    test("goes on with them: a seat that leaves is removed, and destroy leaves only the template", async () => {
      await stack.write(program(true, 1));
      await stack.succeeds("up", "--yes", "--skip-preview");
      expect(Object.keys(await stack.output<object>("seats"))).toEqual(["seat-01"]);
      await stack.succeeds("destroy", "--yes", "--skip-preview");
      expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
    });
  },
);
