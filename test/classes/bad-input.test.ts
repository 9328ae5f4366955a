import { nothing, shape, text } from "@coppice/pve";
import type { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { unknownValue } from "../../packages/provider/src/kit/unknown.ts";
import type { BaseGenerationState } from "../../packages/provider/src/resources/base-generation/base-generation-inputs.ts";
import type { OverlayPoolInputs } from "../../packages/provider/src/resources/overlay-pool/inputs/class-inputs.ts";
import { overlayPool } from "../../packages/provider/src/resources/overlay-pool/overlay-pool.ts";
import { ClassLab, poolInputs } from "./class-lab.ts";

let lab: ClassLab;
let base: BaseGenerationState;

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 3 });
  base = await lab.generation();
  await lab.cluster.control.save("fresh");
});
beforeEach(async () => {
  await lab.cluster.restore("fresh");
  await lab.cluster.reconnect();
});
afterAll(() => lab[Symbol.asyncDispose]());

/** What was asked for that changes anything. */
function changes({ control }: EmulatedCluster): string[] {
  const { requests, tasks } = control.counters();
  return [...Object.keys(requests).filter((name) => !name.startsWith("GET ")), ...Object.keys(tasks)];
}

const config = (more: object) => ({ base: { ...base, config: { ...base.config, ...more } } });
const count = 3;

describe("inputs that are wrong by themselves are refused without asking the cluster", () => {
  const rows: [what: string, () => object, field: string, says: RegExp][] = [
    [
      "both count and roster",
      () => ({ count, roster: ["ada"] }),
      "roster",
      /contradicts 'count'; give .* not both/,
    ],
    ["neither count nor roster", () => ({}), "count", /is missing; give 'count' or 'roster'/],
    ["a count below zero", () => ({ count: -1 }), "count", /-1 is below 0; give the number of seats/],
    [
      "a name twice",
      () => ({ roster: ["ada", "ada"] }),
      "roster[1]",
      /'ada' is in the roster twice; every seat needs/,
    ],
    [
      "a name Proxmox refuses",
      () => ({ roster: ["Ada!"] }),
      "roster[0]",
      /'Ada!' cannot be a host name: only lower-case/,
    ],
    ["a class name too long", () => ({ count, class: "x".repeat(33) }), "class", /33 characters, at most 32/],
    [
      "a range too small",
      () => ({ count: 11, vmids: { from: 20_000, to: 20_009 } }),
      "vmids",
      /10 numbers for 11 seats; widen it to at least 20000–20010/,
    ],
    [
      "a range turned round",
      () => ({ count, vmids: { from: 300, to: 200 } }),
      "vmids.to",
      /200 is smaller than vmids.from, 300; swap/,
    ],
    [
      "a number Proxmox has not",
      () => ({ count, vmids: { from: 50, to: 200 } }),
      "vmids.from",
      /50 is not a vmid; choose one from 100/,
    ],
    [
      "memory below the template's minimum",
      () => ({ count, hardware: { memoryMiB: 512 }, ...config({ balloon: 1024 }) }),
      "hardware.memoryMiB",
      /512 MiB is below the template's minimum of 1024 MiB; choose/,
    ],
    [
      "no cores",
      () => ({ count, hardware: { cores: 0 } }),
      "hardware.cores",
      /0 is not possible; choose 1 to 512/,
    ],
    [
      "an unknown method",
      () => ({ count, method: "magic" }),
      "method",
      /'magic' is none of auto, overlay, linked, bulk/,
    ],
    [
      "an unknown policy",
      () => ({ count, publish: { policy: "burn", running: "stop", undoForMs: 0 } }),
      "publish.policy",
      /'burn' is none of reset, keep/,
    ],
    [
      "an address that is none",
      () => ({ count, cloudInit: { address: { first: "10.0.0.300/24" } } }),
      "cloudInit.address.first",
      /'10.0.0.300\/24' is not an address .* write it like/,
    ],
    [
      "addresses beyond their network",
      () => ({ count, cloudInit: { address: { first: "10.0.0.253/24" } } }),
      "cloudInit.address.first",
      /leaves the network .* of 3 seats; choose/,
    ],
    [
      "an order for nobody",
      () => ({ count, reset: { ada: "x" } }),
      'reset["ada"]',
      /is not a seat of this class; check its name/,
    ],
    [
      "nobody ever started",
      () => ({ count, startBatch: 0 }),
      "startBatch",
      /0 would start nothing; choose 1/,
    ],
    [
      "a data disk without size",
      () => ({ count, dataDisk: { sizeGiB: 0 } }),
      "dataDisk.sizeGiB",
      /0 is not a size; choose 1/,
    ],
    [
      "a data disk in bulk",
      () => ({ count, method: "bulk", dataDisk: { sizeGiB: 1 } }),
      "dataDisk",
      /cannot be made by method 'bulk'.*choose method 'overlay'/,
    ],
    [
      "a VLAN out of range",
      () => ({ count, network: { tag: 5000 } }),
      "network.tag",
      /5000 is not a VLAN; choose 1 to 4094/,
    ],
    ["a tag that is none", () => ({ count, tags: ["a b"] }), "tags[0]", /'a b' is not a tag; use/],
    ["a misspelt field", () => ({ count, colour: "red" }), "colour", /is not known; known are/],
  ];

  test.each(rows)("%s", (_, more, field, says) => {
    const { failures } = overlayPool.check({ ...poolInputs(base), ...more() });
    expect(failures.map(({ property }) => property)).toEqual([field]);
    expect(failures[0]?.reason).toMatch(says);
    expect(lab.cluster.control.counters().requests).toEqual({});
  });

  test("also while the generation is not known yet", () => {
    const { failures } = overlayPool.check({
      ...poolInputs(base),
      base: unknownValue,
      count,
      hardware: { cores: 0 },
    });
    expect(failures.map(({ property }) => property)).toEqual(["hardware.cores"]);
  });
});

describe("what only the cluster knows ends before any change", () => {
  const pool = (more: Partial<OverlayPoolInputs> = {}) => lab.bring(poolInputs(base, { count, ...more }));
  const noImages = "sed -i 's/content .*images.*/content iso/' /etc/pve/storage.cfg";
  const onNode = (command: string) => lab.cluster.shell("pve1", command);

  const rows: [what: string, () => Promise<unknown>, says: RegExp][] = [
    [
      "an unknown template",
      () => lab.generation({ source: 4711 }),
      /shows no guest 4711.*Name a template that exists/,
    ],
    [
      "a machine that runs",
      async () => {
        await onNode(
          `printf 'name: busy\\nmemory: 512\\n' > /etc/pve/nodes/pve1/qemu-server/150.conf && qm start 150`,
        );
        lab.cluster.control.resetCounters();
        await lab.generation({ source: 150 });
      },
      /150.*it is running.*Shut 150 down/,
    ],
    [
      "a storage nobody has",
      () => pool({ base: { ...base, storage: "nowhere" } }),
      /storage 'nowhere'.*Name a storage/,
    ],
    [
      "a generation on a storage nobody has",
      () => lab.generation({ storage: "nowhere" }),
      /storage 'nowhere'.*Name a storage/,
    ],
    [
      "a storage without images",
      () => onNode(noImages).then(() => pool()),
      /storage 'nas' on node 'pve\d' takes iso, not images.*Choose another 'storage'/,
    ],
    [
      "a generation on a storage without images",
      () => onNode(noImages).then(() => lab.generation({ storage: "local", nodes: ["pve1"] })),
      /Generation 1 .*storage 'local' on node 'pve1' takes iso, not images.*Choose another 'storage'/,
    ],
    [
      "a range full of others",
      async () => {
        for (const vmid of [20_000, 20_001, 20_002])
          await onNode(`printf 'name: theirs\\n' > /etc/pve/nodes/pve1/qemu-server/${vmid}.conf`);
        await pool({ vmids: { from: 20_000, to: 20_003 } });
      },
      /needs 3 more numbers of 20000–20003.*only 1 of them.*Widen 'vmids'/,
    ],
    [
      "more than the storage can hold",
      () => pool({ base: { ...base, disks: [{ slot: "scsi0", format: "qcow2", size: 1024 ** 5 }] } }),
      /3 seats may grow to .* each, .* in all, and storage 'nas' has .* free.*make fewer seats/,
    ],
    [
      "a node nobody has",
      () => pool({ nodes: ["pve9"] }),
      /wanted are pve9.*pve1 is online.*name others in 'nodes'/,
    ],
    ["a pool nobody made", () => pool({ pool: "nobodys" }), /'pool' names 'nobodys'.*Create it first/],
    [
      "an option that only root may set",
      () => pool({ base: { ...base, config: { ...base.config, args: "-S" } } }),
      /'args', which Proxmox lets only root set.*'method' to "linked"/,
    ],
    [
      "bulk where nobody allowed it",
      async () => {
        await lab.cluster.reconnect({ bulk: false });
        await pool({ method: "bulk" });
      },
      /'method' is "bulk", and cluster 'main' does not allow it.*Set coppice:clusters.main.bulk/,
    ],
    [
      "overlays without a key for SSH",
      async () => {
        const { ssh: _, ...without } = lab.cluster.connection.settings;
        // An undefined key is left out of the settings, which their type cannot say.
        await lab.cluster.reconnect({ ...without, ssh: undefined } as object);
        await pool();
      },
      /no SSH access to node.*set 'method' to "linked"/,
    ],
    [
      "a wrong host key",
      async () => {
        const { ssh } = lab.cluster.connection.settings;
        const other = lab.cluster.emulator.ssh.get("pve3")?.hostKey ?? "";
        if (ssh) await lab.cluster.reconnect({ ssh: { ...ssh, hostKeys: { pve1: other, pve2: other } } });
        await pool();
      },
      /host key/i,
    ],
    [
      "no quorum",
      async () => {
        lab.cluster.control.expectVotes(9);
        await pool();
      },
      /not quorate.*Bring enough nodes/,
    ],
    [
      "a token without a right",
      async () => {
        const token = await weakToken();
        await lab.cluster.reconnect({ token });
        lab.cluster.control.resetCounters();
        await pool();
      },
      /the token lacks .*VM\.Config\.Disk on \/vms.*docs\/guides\/permissions/,
    ],
  ];

  /** May see everything and create nothing. */
  async function weakToken(): Promise<string> {
    const { client } = lab.cluster;
    await client.post("/access/users", { params: { userid: "tutor@pve" }, parse: nothing });
    const rights = { path: "/", users: "tutor@pve", roles: "PVEAuditor" };
    await client.put("/access/acl", { params: rights, parse: nothing });
    const { value } = await client.post("/access/users/tutor@pve/token/weak", {
      params: { privsep: false },
      parse: shape({ value: text }),
    });
    return `tutor@pve!weak=${value}`;
  }

  test.each(rows)("%s", async (_, attempt, says) => {
    const outcome = await attempt().catch((error: Error) => error);
    expect(outcome).toBeInstanceOf(Error);
    expect(outcome).toMatchObject({ message: expect.stringMatching(new RegExp(says, "s")) });
    expect(changes(lab.cluster)).toEqual([]);
    expect(await onNode("ls -A /mnt/pve/nas/images")).toBe("9000\n");
  });
});
