import type { OpenCluster } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { listNodes, readPermissions, readVersion } from "@coppice/pve";
import { checkBridge } from "./check-bridge.ts";
import { checkPool } from "./check-pool.ts";
import { checkQuorum } from "./check-quorum.ts";
import { checkRights } from "./check-rights.ts";
import type { CheckScope } from "./check-scope.ts";
import { checkShell } from "./check-shell.ts";
import { checkStorage } from "./check-storage.ts";
import { checkTemplate } from "./check-template.ts";
import type { Finding } from "./finding.ts";

/** Everything that the way of a class needs of a cluster, each with what its lack disables. */
export async function checkCluster(connection: OpenCluster, scope: CheckScope): Promise<Finding[]> {
  const { client } = connection;
  const { version } = await readVersion(client);
  const [permissions, nodes] = await Promise.all([readPermissions(client), listNodes(client)]);
  const wanted = chosen(nodes, scope.nodes);
  const online = wanted.filter(({ status }) => status === "online").map(({ node }) => node);
  const offline = wanted.filter(({ status }) => status !== "online");
  const perNode = await Promise.all(
    online.map(async (node) => {
      const storage =
        scope.storage === undefined ? undefined : await checkStorage(connection, node, scope.storage);
      const bridge = await checkBridge(connection, node, { bridge: scope.bridge, permissions });
      const files = {
        storage: storage?.isThere === true ? scope.storage : undefined,
        hasFiles: storage?.hasFiles ?? true,
      };
      return { storage, bridge, shell: await checkShell(connection, node, files) };
    }),
  );
  const isLocal = online.length > 1 && perNode.some(({ storage }) => storage?.isLocal === true);
  return [
    { state: "ok", what: `Proxmox VE ${version} at ${connection.settings.endpoint}` },
    ...offline.map(
      ({ node }): Finding => ({
        state: "limited",
        what: `node ${node}`,
        disables: "it is offline: no seats there",
      }),
    ),
    ...(await checkQuorum(connection)),
    ...checkRights(permissions, { ...scope, isLocal }),
    ...(await checkPool(connection, permissions, scope)),
    ...(await checkTemplate(connection, permissions, scope)),
    ...(scope.storage === undefined ? [NO_STORAGE] : []),
    ...perNode.flatMap(({ storage, bridge, shell }) => [
      ...(storage === undefined ? [] : [storage.finding]),
      ...bridge,
      ...shell,
    ]),
  ];
}

const NO_STORAGE: Finding = {
  state: "limited",
  what: "storages",
  disables: "not looked at: name the one of the seats' disks by --storage",
};

/** The nodes that are named, or all; a name that the cluster does not have is a mistake. */
function chosen<T extends { readonly node: string }>(
  nodes: readonly T[],
  names: readonly string[] | undefined,
): readonly T[] {
  if (names === undefined) return nodes;
  const known = nodes.map(({ node }) => node);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return nodes.filter(({ node }) => names.includes(node));
  throw new CoppiceError("pool.no-node", {
    what: `The cluster has no node ${unknown.join(", ")}`,
    wayOut: `Name by --node one that it has: ${known.join(", ")}`,
  });
}
