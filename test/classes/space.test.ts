import type { BaseGenerationState, OverlayPoolInputs } from "@coppice/core";
import { readStorageStatus } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";

const PIB = 2 ** 50;
const node = "pve1";

let lab: ClassLab;
let base: BaseGenerationState;

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 2 });
  base = await lab.generation();
  await lab.cluster.control.save("fresh");
});
beforeEach(() => lab.cluster.restore("fresh"));
afterAll(() => lab[Symbol.asyncDispose]());

/** Why work was refused, which has to be before it has changed anything. */
async function refused(work: () => Promise<unknown>): Promise<string> {
  lab.cluster.control.resetCounters();
  const outcome = await work().then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );
  const { requests, tasks } = lab.cluster.control.counters();
  const changes = [
    ...Object.keys(requests).filter((name) => !name.startsWith("GET ")),
    ...Object.keys(tasks),
  ];
  expect(changes).toEqual([]);
  return outcome;
}

const sizeInFile = (size: string) =>
  lab.cluster.shell(node, `sed -i 's/size=[^,]*/size=${size}/' /etc/pve/nodes/*/qemu-server/9000.conf`);

describe("a copy that a storage has no room for is refused before any change", () => {
  test("with what it may come to, in the preview too", async () => {
    await sizeInFile("3072T");
    const copy = { storage: "local", nodes: [node] };
    const says =
      /Generation 1 of class 'lab' cannot be made: 1 copy takes up to 3072 TiB, and storage 'local' has .* free on node 'pve1'.*'overcommit' \[pool\.space\]/;
    expect(await refused(() => lab.generation(copy))).toMatch(says);
    expect(await refused(() => lab.previewGeneration(copy))).toMatch(says);
    expect((await lab.generation({ ...copy, overcommit: true })).owned).toBe(true);
  });

  test("counting one that lies beside the source's own until it is moved", async () => {
    const { avail = 0 } = await readStorageStatus(lab.cluster.client, node, "local");
    await sizeInFile(String(Math.floor(avail * 0.6)));
    const here = await lab.previewGeneration({ storage: "local", nodes: [node] });
    expect(here.outputs).toMatchObject({ number: 1, storage: "local" });
    expect(await refused(() => lab.generation({ storage: "local" }))).toContain("2 copies take up to");
  });
});

describe("seats whose disks a storage has no room for", () => {
  test("are refused before the generation that they are to stand on is made", async () => {
    const { avail = 0 } = await readStorageStatus(lab.cluster.client, node, "local");
    await sizeInFile(String(Math.floor(avail * 0.6)));
    const { outputs } = await lab.previewGeneration({ storage: "local", nodes: [node] });
    const planned = outputs as unknown as BaseGenerationState; // as the engine hands it over in a preview
    const wanted = { ...poolInputs(planned), roster: ["ada", "grace"], nodes: [node] };
    expect(await refused(() => lab.preview(wanted))).toMatch(/2 seats may grow to .*\[pool\.space\]/);
  });

  const huge = { disks: [{ slot: "scsi0", format: "qcow2" as const, size: PIB }] };
  const orders = { reset: { "seat-01": "a", "seat-02": "a" } };
  const made = async (method: "linked" | "overlay"): Promise<() => Promise<unknown>> => {
    const inputs = poolInputs(base, { count: 2, method });
    const { state } = await lab.bring(inputs);
    return () => lab.bring({ ...inputs, ...orders, base: { ...inputs.base, ...huge } }, state);
  };

  test("are not reset by clones", async () => {
    expect(await refused(await made("linked"))).toMatch(
      /2 reset seats may grow to 1024 TiB each, 2048 TiB in all, and storage 'nas' has .* free.*reset fewer at once.* \[pool\.space\]/,
    );
  });

  test("are not made with data disks on another storage", async () => {
    const more = {
      count: 2,
      dataDisk: { size: "2048TiB", storage: "local" },
    } satisfies Partial<OverlayPoolInputs>;
    expect(await refused(() => lab.bring(poolInputs(base, more)))).toMatch(
      /[12] data disks? takes? 2048 TiB.* and storage 'local' has .* free/,
    );
  });
});
