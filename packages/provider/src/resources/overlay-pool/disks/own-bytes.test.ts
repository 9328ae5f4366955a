import type { ClusterSettings, OpenCluster } from "@coppice/clusters";
import { CoppiceError, type Generation } from "@coppice/core";
import { expect, test } from "vitest";
import { ownBytes } from "./own-bytes.ts";

test("a node whose host key is not known leaves its seats out, and a refresh goes on", async () => {
  const ssh = { user: "root", port: 22, key: "", hostKeys: {}, nodes: {} };
  const settings: ClusterSettings = { name: "main", endpoint: "https://pve1", token: "", bulk: false, ssh };
  const cluster: Partial<OpenCluster> = {
    settings,
    ssh: () => {
      throw new CoppiceError("provider.config", { what: "no host key of pve2 is known" });
    },
  };
  const question = {
    cluster: cluster as OpenCluster, // all that is asked of it
    mark: "0123456789",
    inputs: { base: { storage: "nas" } as Generation }, // likewise
    seats: [{ seat: "ada", vmid: 20_001, node: "pve2" }],
  };
  expect(await ownBytes(question)).toEqual(new Map());
});
