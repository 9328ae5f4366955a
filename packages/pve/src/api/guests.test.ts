import { expect, test } from "vitest";
import { PveError } from "../errors/pve-error.ts";
import { FakeCaller, fakeErrors } from "../fixtures/fake-caller.ts";
import { readGuestStatus } from "./guests.ts";

const place = { node: "pve1", vmid: 900 };
const slow = new PveError("pve.timeout", { what: "GET got no answer" });
const forwarded = (status: number) => new PveError("pve.node-unreachable", { what: "GET failed", status });

/** How often a status was asked for that fails like this at first. */
async function asked(failure: PveError): Promise<number> {
  let looks = 0;
  const caller = new FakeCaller(() => (looks++ === 0 ? failure : { status: "running" }));
  await readGuestStatus(caller, place).catch((error: unknown) => expect(error).toBe(failure));
  return caller.calls.length;
}

test.each([
  ["took too long", slow, 2],
  ["took too long between two nodes", forwarded(596), 2],
  ["went to a node that is away", forwarded(595), 1],
  ["was not allowed", fakeErrors.forbidden, 1],
])(
  "a status, which QEMU has a part in, is asked for again only if it took too long: one that %s",
  async (...row) => {
    const [, failure, times] = row;
    expect(await asked(failure)).toBe(times);
  },
);

test("a status that never comes fails after three times", async () => {
  const caller = new FakeCaller(() => slow);
  await expect(readGuestStatus(caller, place)).rejects.toBe(slow);
  expect(caller.calls).toHaveLength(3);
});
