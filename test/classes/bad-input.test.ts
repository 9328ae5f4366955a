import {
  type BaseGenerationState,
  type Generation,
  mistakeSentence,
  type OverlayPoolInputs,
  unknownValue,
} from "@coppice/core";
import { nothing, shape, text } from "@coppice/pve";
import type { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { overlayPool } from "../../packages/provider/src/resources/overlay-pool/overlay-pool.ts";
import { baseOf, ClassLab, poolInputs } from "./class-lab.ts";

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

const count = 3;

describe("inputs that are wrong by themselves", () => {
  const check = (more: object) =>
    overlayPool.check({ ...poolInputs(base, { count }), ...more }).mistakes.map(mistakeSentence);

  test("are refused all at once, without asking the cluster", () => {
    const wrong = {
      count: -1,
      hardware: { cores: 0, memory: 4096 },
      publish: { polcy: "keep" },
      colour: "red",
    };
    expect(check(wrong)).toEqual([
      expect.stringContaining("'colour' is not known; known are cluster, class, base, count"),
      "'count' is -1; choose 0 to 10000",
      "'hardware.cores' is 0; choose 1 to 512",
      "'hardware.memory' is 4096, a number; write a size like \"4GiB\"",
      "'publish.polcy' is not known; did you mean 'policy'?",
    ]);
    expect(lab.cluster.control.counters().requests).toEqual({});
  });

  test("also while the generation is not known yet", () => {
    expect(check({ base: unknownValue, hardware: { cores: 0 } })).toEqual([
      "'hardware.cores' is 0; choose 1 to 512",
    ]);
  });
});

describe("what only the cluster knows ends before any change", () => {
  const pool = (more: Partial<OverlayPoolInputs> = {}) => lab.bring(poolInputs(base, { count, ...more }));
  const noImages = "sed -i 's/content .*images.*/content iso/' /etc/pve/storage.cfg";
  const moreBridges =
    "printf '\\niface vmbr7 inet manual\\n\\tbridge-ports none\\n' >> /etc/network/interfaces";
  const on = (more: Partial<Generation>) => ({ base: { ...baseOf(base), ...more } });
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
    ["a storage nobody has", () => pool(on({ storage: "nowhere" })), /storage 'nowhere'.*Name a storage/],
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
      "data disks on a storage without images",
      () =>
        onNode("sed -i '/^dir: local/,/^$/ s/images,//' /etc/pve/storage.cfg").then(() =>
          pool({ dataDisk: { size: "1GiB", storage: "local" } }),
        ),
      /storage 'local' on node 'pve\d' takes iso,[a-z,]*, not images.*Choose another 'storage'/,
    ],
    [
      "a bridge that one of the nodes does not have",
      () =>
        Promise.all(["pve1", "pve3"].map((node) => lab.cluster.shell(node, moreBridges))).then(() =>
          pool({ network: { bridge: "vmbr7" } }),
        ),
      /node 'pve2' has no bridge or virtual network 'vmbr7'.*Choose one that it has \(vmbr0\)/,
    ],
    [
      "a VLAN for machines without a network card",
      () => pool({ ...on({ config: { memory: "512" } }), network: { tag: 7 } }),
      /'network\.tag' is 7, and the template has no network card.*Name a bridge/,
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
      () => pool(on({ disks: [{ slot: "scsi0", format: "qcow2", size: 1024 ** 5 }] })),
      /3 seats may grow to .* each, .* in all, and storage 'nas' has .* free.*make fewer seats/,
    ],
    [
      "a node nobody has",
      () => pool({ nodes: ["pve9"] }),
      /'nodes' names pve9, and cluster 'main' has only pve1.*Name nodes of the cluster in 'nodes'/,
    ],
    [
      "a node nobody has beside one that is there",
      () => pool({ nodes: ["pve1", "pve9"] }),
      /'nodes' names pve9, and cluster 'main' has only pve1/,
    ],
    ["a pool nobody made", () => pool({ pool: "nobodys" }), /'pool' names 'nobodys'.*Create it first/],
    [
      "an option that only root may set",
      () => pool(on({ config: { ...base.config, args: "-S" } })),
      /'args', which Proxmox lets only root set.*'method' to "linked"/,
    ],
    [
      "bulk where nobody allowed it",
      async () => {
        await lab.cluster.reconnect({ bulk: false });
        await pool({ method: "bulk" });
      },
      /'method' is "bulk", and cluster 'main' does not allow it.*Set 'bulk: true' for the cluster/,
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
        await lab.cluster.control.expectVotes(9);
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
