import type { OverlayPoolState } from "@coppice/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { unfinishedLines } from "../../packages/provider/src/kit/unfinished-lines.ts";
import { type Called, ClassLab, poolInputs } from "./class-lab.ts";

const UNREACHABLE =
  "Connection refused (status 595). Check that the node is up and reachable from the other nodes [pve.node-unreachable]";
const NAMES = "seat-02, seat-05, seat-08, seat-11, seat-14, seat-17, seat-20, seat-23";

describe("a class of 25 of which one node goes away", () => {
  let lab: ClassLab;
  let base: Awaited<ReturnType<ClassLab["generation"]>>;
  let made: OverlayPoolState;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 3 });
    base = await lab.generation();
    await lab.cluster.control.save("nothing");
    made = (await lab.bring(poolInputs(base, { count: 25 }))).state;
    await lab.cluster.control.save("class");
  });
  beforeEach(() => lab.cluster.restore("class"));
  afterAll(() => lab[Symbol.asyncDispose]());

  const leave = (): void => {
    const { control } = lab.cluster;
    control.setNode("pve2", { online: false });
    control.faults.add({ match: { node: "pve2" }, effect: { kind: "ssh-refused" } });
  };
  const lines = ({ unfinished = [] }: Called): string[] => unfinishedLines(unfinished);

  test("while it is made: the reason is said once, with the names of that node's seats", async () => {
    await lab.cluster.restore("nothing");
    // The seats' disks lie there already.
    const hook = {
      before: async (step: string) => (step.startsWith("create") ? leave() : undefined),
      after: async () => undefined,
    };
    const called = await lab.bring(poolInputs(base, { count: 25 }), undefined, { hook });
    expect(lines(called)).toEqual([
      `8 seats on pve2 were not made (${NAMES}): POST /nodes/pve2/qemu failed: ${UNREACHABLE}`,
    ]);
    expect(Object.keys(called.state.seats)).toHaveLength(17);
  });

  test("while it is changed: the state keeps code and short reason of each seat", async () => {
    leave();
    const called = await lab.bring(poolInputs(base, { count: 25, hardware: { cores: 4 } }), made);
    expect(lines(called)).toEqual([
      `8 seats on pve2 were not changed (${NAMES}): GET /nodes/pve2/qemu/…/config failed: ${UNREACHABLE}`,
    ]);
    const failures = Object.values(called.state.exceptions ?? {}).map(({ unfinished }) => unfinished);
    const short = expect.stringMatching(/^GET \/nodes\/pve2\/qemu\/\d+\/config failed: .{1,50}…$/);
    expect(failures).toEqual(Array(8).fill({ code: "pve.node-unreachable", reason: short }));
  });

  test("before seats are taken out: the preview says which of them cannot go, though the cluster still sees the node", async () => {
    leave();
    const { context } = await lab.preview(poolInputs(base, { count: 22 }), made);
    const [away, removed] = context.warnings;
    expect(away).toBe(
      "1 seat is on a node that is away, so this cannot be done with it now: seat-23 as 20022 on pve2",
    );
    expect(removed).toMatch(/^3 seats are removed with all disks/);
  });

  test("when one seat alone is concerned: its number stays in the reason", async () => {
    leave();
    const called = await lab.bring(
      poolInputs(base, { count: 25, reset: { "seat-01": "x", "seat-02": "x" } }),
      made,
    );
    expect(lines(called)).toEqual([
      expect.stringMatching(/^1 seat on pve2 was not reset \(seat-02\): GET \/nodes\/pve2\/qemu\/20001\//),
    ]);
  });

  test("when it is read or removed: one sentence each, with the codes of the node and of the whole", async () => {
    leave();
    // The node's sshd refuses who comes now; a session that was open would still do its orders.
    await lab.cluster.reconnect();
    const sentence = (not: string, code: string): unknown =>
      expect.stringMatching(
        new RegExp(
          `^8 of 25 seats of class 'lab' were not ${not}: 8 seats on pve2 were not ${not} \\(${NAMES}\\): GET ` +
            `.* \\[pve.node-unreachable\\]\\. .* \\[${code}\\]$`,
        ),
      );
    const read = { message: sentence("read", "pool.unreadable") };
    await expect(lab.read(made)).rejects.toMatchObject(read);
    const removed = { message: sentence("removed", "pool.leftovers") };
    await expect(lab.destroy(made)).rejects.toMatchObject(removed);
  });
});
