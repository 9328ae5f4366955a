import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openClusters } from "@coppice/clusters/connections";
import { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCluster } from "../../packages/cli/src/cluster-check/check-cluster.ts";
import type { Finding } from "../../packages/cli/src/cluster-check/finding.ts";
import { findingsReport } from "../../packages/cli/src/output/findings-report.ts";

const scope = { storage: "nas", bridge: "vmbr0", template: 9000 };
const otherKey = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

let lab: EmulatedCluster;
let folder: string;
beforeAll(async () => {
  // As on a genuine node, whose sshd listens at the address that the cluster tells.
  lab = await EmulatedCluster.start({ nodes: 1, nodeAddress: "127.0.0.1" });
  folder = await mkdtemp(join(tmpdir(), "coppice-findings-"));
  await writeFile(join(folder, "ca.pem"), lab.emulator.ca);
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});

/** What is missing of a cluster that is configured as the guide says: no address of a node is given. */
async function missing(...given: Parameters<typeof lacking>): Promise<string[]> {
  return (await lacking(...given)).map(({ what }) => what);
}

async function lacking(more: object = {}, ssh: object = {}, { emulator } = lab): Promise<Finding[]> {
  const { url, token, sshKey, ssh: shells } = emulator;
  const { port = 0, hostKey = "" } = shells.get("pve1") ?? {};
  const settings = {
    endpoint: url,
    caFile: join(folder, "ca.pem"),
    token: `${token.id}=${token.secret}`,
    ssh: { key: sshKey.privateKey, port, hostKeys: { pve1: hostKey }, ...ssh },
  };
  const options = { secret: true, environment: {}, folder };
  const connection = await (await openClusters({ main: settings }, options)).get("main");
  try {
    const findings = await checkCluster(connection, { ...scope, ...more });
    return findings.filter(({ state }) => state === "missing");
  } finally {
    await connection.client.close();
  }
}

describe("`cluster check` finds missing", () => {
  test("nothing where all is there: a node's address is asked of the cluster", async () => {
    expect(await missing()).toEqual([]);
  });

  test("SSH that is configured and fails: another host key, a refused key, an unreachable port, no host key", async () => {
    expect(await missing({}, { hostKeys: { pve1: otherKey } })).toEqual(["SSH to pve1"]);
    expect(await missing({}, { user: "nobody" })).toEqual(["SSH to pve1"]);
    expect(await missing({}, { port: 1 })).toEqual(["SSH to pve1"]);
    expect(await missing({}, { hostKeys: {} })).toEqual(["SSH to pve1"]);
  });

  test("a bridge, a storage and a template that do not exist", async () => {
    expect(await missing({ bridge: "vmbr7" })).toEqual(["bridge vmbr7 on pve1"]);
    expect(await missing({ template: 1234 })).toEqual(["template 1234"]);
  });

  test("a storage that does not exist, told once, in our words, without what does not follow from it", async () => {
    const found = await lacking({ storage: "nowhere" });
    expect(found).toEqual([
      {
        state: "missing",
        what: "storage nowhere on pve1",
        disables:
          "no seats there: the cluster has no storage of that name. Name a storage that `pvesm status` on the node lists",
      },
    ]);
    const lines = findingsReport(found, 80);
    expect(lines).toEqual([
      "missing  storage nowhere on pve1",
      "         no seats there: the cluster has no storage of that name. Name a storage",
      "         that `pvesm status` on the node lists",
      "",
      "1 missing: no class can be made.",
    ]);
  });

  test("only on the nodes that are chosen, which the cluster must have", async () => {
    await using two = await EmulatedCluster.start({ nodes: 2 });
    await writeFile(join(folder, "ca.pem"), two.emulator.ca);
    const chosen = { storage: "nowhere", nodes: ["pve2"] };
    const storages = (await missing(chosen, {}, two)).filter((what) => what.startsWith("storage"));
    expect(storages).toEqual(["storage nowhere on pve2"]);
    await expect(missing({ nodes: ["pve2", "pve9"] }, {}, two)).rejects.toThrow(
      "The cluster has no node pve9. Name by --node one that it has: pve1, pve2",
    );
  });

  test("quorum", async () => {
    await using two = await EmulatedCluster.start({ nodes: 2, nodeAddress: "127.0.0.1" });
    await writeFile(join(folder, "ca.pem"), two.emulator.ca);
    await two.control.expectVotes(5);
    expect(await missing({}, {}, two)).toContain("quorum");
  });
});
