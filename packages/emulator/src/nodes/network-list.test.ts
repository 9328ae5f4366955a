import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { accessOf } from "../access/access.ts";
import { Router } from "../api/router.ts";
import { runCall } from "../api/run-call.ts";
import { layOutNetwork } from "../guests/node-bridges.ts";
import { identityOf, rootIdentity } from "../kernel/identity.ts";
import { smallCluster } from "../storage/fixtures/small-cluster.ts";
import { statusRoutes } from "./status-routes.ts";

test("a node lists its bridges and the virtual networks, each to those who may use it", async () => {
  using small = smallCluster({});
  const { cluster, node } = small;
  cluster.useAccess(accessOf(cluster));
  layOutNetwork(node);
  appendFileSync(
    join(node.root, "etc/network/interfaces"),
    "\nauto vmbr1\niface vmbr1 inet manual\n\tbridge-ports none\n",
  );
  cluster.files.write(
    "sdn/vnets.cfg",
    "vnet: lab\n\tzone simple\n\nvnet: office\n\tzone simple\n\talias Office\n",
  );
  cluster.files.write(
    "user.cfg",
    "user:tutor@pve:1:0:::::\nacl:1:/sdn/zones/localnetwork/vmbr1:tutor@pve:PVESDNUser:\nacl:1:/sdn/zones/simple/lab:tutor@pve:PVESDNUser:\n",
  );
  const router = new Router(statusRoutes, cluster.version.id);
  const names = async (type: string | undefined, identity = rootIdentity) => {
    const raw = new Map(Object.entries(type === undefined ? {} : { type }));
    const request = { method: "GET", path: `/nodes/${node.name}/network`, raw, identity, entry: node };
    const rows = (await runCall(cluster, router, request)) as { iface: string }[]; // as: the route answers this
    return rows.map(({ iface }) => iface);
  };
  expect(await names(undefined)).toEqual(["vmbr0", "vmbr1", "eth0"]);
  expect(await names("any_local_bridge")).toEqual(["vmbr0", "vmbr1"]);
  expect(await names("any_bridge")).toEqual(["vmbr0", "vmbr1", "lab", "office"]);
  expect(await names("any_bridge", identityOf("tutor@pve"))).toEqual(["vmbr1", "lab"]);
});
