import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseOf, ClassLab, poolInputs } from "./class-lab.ts";
import { DiskView, localPlace, sharedPlace } from "./linked-lab.ts";
import {
  classWithoutShell,
  tellOfLostDisks,
  tellOfMaking,
  tellOfPublishing,
  tellOfRefusals,
  tellOfResets,
  tellOfTrouble,
} from "./linked-story.ts";

// Clones on shared storage wait a second for each other's lock: both releases tell everything on LVM-thin only.
classWithoutShell(sharedPlace, {
  "8.4": [tellOfMaking, tellOfPublishing],
  "9.2": [tellOfResets, tellOfTrouble, tellOfLostDisks, tellOfRefusals],
});

describe.each(["8.4", "9.2"] as const)("linked clones of files beside SSH, on Proxmox VE %s", (pve) => {
  let lab: ClassLab;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1, pve });
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  test("are reset only if untouched, and keep the generation that somebody's disk needs", async () => {
    const place = { storage: localPlace.storage, nodes: localPlace.nodes };
    const view = new DiskView(lab, localPlace);
    const first = await lab.generation({ ...place, number: 1 });
    const inputs = poolInputs(first, { roster: ["teacher", "ada", "grace"], method: "linked" });
    const { state } = await lab.bring(inputs);
    const source = state.seats["teacher"]?.vmid;
    const second = await lab.generation({ ...place, number: 2, source });
    await view.write(state, "ada", 9);
    const publish = {
      policy: "reset-if-untouched",
      policyOf: { teacher: "reset" },
      running: "stop",
      undoFor: "0s",
    } as const;
    const published = await lab.bring({ ...inputs, base: baseOf(second), publish }, state);
    expect(published.unfinished).toBeUndefined();
    expect(published.context.warnings.join()).toContain("Seat 'ada' keeps its disk: somebody wrote to it.");
    expect(await view.holds(published.state, "ada", 9)).toBe(true);
    expect(await view.compare(published.state, "grace", second)).toBe("Images are identical.");
    const third = await lab.generation({ ...place, number: 3, source });
    const keeping = { ...publish, policy: "reset", policyOf: { grace: "keep" } } as const;
    const next = await lab.bring({ ...inputs, base: baseOf(third), publish: keeping }, published.state);
    expect((await lab.removeGeneration(second)).warnings.join()).toMatch(/Generation 2 .* is kept: disks of/);
    // That a guest is a template shows with the next status round.
    await lab.cluster.control.tellStatus();
    const keepingNobody = { ...keeping, policyOf: {} };
    const gone = { ...inputs, base: baseOf(third), publish: keepingNobody, roster: ["teacher", "ada"] };
    await lab.bring(gone, next.state);
    expect(await view.guests()).not.toContain(Object.values(second.copies)[0]?.vmid);
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});
