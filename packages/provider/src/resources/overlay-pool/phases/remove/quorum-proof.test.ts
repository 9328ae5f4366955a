import { VirtualClock } from "@coppice/core";
import type { PveCall } from "@coppice/pve";
import { expect, test } from "vitest";
import type { ClassRun } from "../../class-run/class-run.ts";
import { QuorumProof } from "./quorum-proof.ts";

/** A run whose cluster counts how often quorum is asked for, and answers as told. */
function runOf(quorate: () => boolean) {
  const asked: string[] = [];
  const clock = new VirtualClock();
  const call = async ({ path, parse }: PveCall<unknown>) => {
    asked.push(path);
    return parse([{ type: "cluster", name: "lab", quorate: quorate() ? 1 : 0 }]);
  };
  // All that a proof looks at.
  const run = { cluster: { client: { call } }, context: { clock } } as unknown as ClassRun;
  return { asked, clock, proof: new QuorumProof(run) };
}

const place = { node: "pve1", vmid: 20_000 };

test("quorum is asked for once by all who ask at a time, and again two seconds later", async () => {
  const { asked, clock, proof } = runOf(() => true);
  await Promise.all([proof.assert(place), proof.assert(place), proof.assert(place)]);
  await clock.advance(1_900);
  await proof.assert(place);
  expect(asked).toEqual(["/cluster/status"]);
  await clock.advance(200);
  await proof.assert(place);
  expect(asked).toHaveLength(2);
});

test("a cluster that lost quorum is believed at once, and asked again by the next", async () => {
  let quorate = false;
  const { asked, proof } = runOf(() => quorate);
  await expect(proof.assert(place)).rejects.toMatchObject({ code: "pve.no-quorum" });
  quorate = true;
  await proof.assert(place);
  expect(asked).toHaveLength(2);
});
