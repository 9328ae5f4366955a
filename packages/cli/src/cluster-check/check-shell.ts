import type { OpenCluster } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import type { Finding } from "./finding.ts";

/** Programs of every Proxmox node that the work on files needs. */
const COMMANDS = ["perl", "qemu-img", "pvesm", "sync", "timeout"];

const SCRIPT = `for name in ${COMMANDS.join(" ")}; do command -v "$name" >/dev/null || echo "lacks $name"; done
[ "$(id -un)" = root ] || echo "is not root"
[ -z "$1" ] || pvesm path "$1" >/dev/null 2>&1 || echo "cannot find the storage"`;

const WITHOUT = "method 'auto' uses linked clones instead of overlays, and 'bulk' is impossible";

/** What a shell is looked at for. */
interface ShellScope {
  /** Undefined where the node has no such storage, which says so itself. */
  readonly storage: string | undefined;
  /** Whether the storage has files; elsewhere Proxmox clones by its own means. */
  readonly hasFiles: boolean;
}

/**
 * Looks at a node's shell: reachable under its pinned key, right account, commands there. One that is configured is
 * used: where overlays are made, a run fails with it.
 */
export async function checkShell(
  connection: OpenCluster,
  node: string,
  { storage, hasFiles }: ShellScope,
): Promise<Finding[]> {
  const what = `SSH to ${node}`;
  if (connection.settings.ssh === undefined)
    return [{ state: "limited", what, disables: `not configured: ${WITHOUT}`, granted: true }];
  const problem = await problemOf(connection, node, storage);
  if (problem === undefined) return [{ state: "ok", what }];
  if (!hasFiles)
    return [{ state: "limited", what, disables: `${problem}: 'bulk' is impossible`, granted: true }];
  return [
    {
      state: "missing",
      what,
      disables: `${problem}: it is configured, so a run uses it and fails`,
      granted: true,
    },
  ];
}

async function problemOf(
  connection: OpenCluster,
  node: string,
  storage: string | undefined,
): Promise<string | undefined> {
  let shell: ReturnType<OpenCluster["ssh"]>;
  try {
    shell = connection.ssh(node);
    // The volume need not exist: `pvesm path` computes where it would be.
    const volume = storage === undefined ? "" : `${storage}:100/vm-100-disk-0.qcow2`;
    const said = (await shell?.capture({ script: SCRIPT, args: [volume] }, { timeLimit: 30 })) ?? "";
    const problems = said.split("\n").filter((line) => line !== "");
    return problems.length === 0 ? undefined : `the account ${problems.join(", ")}`;
  } catch (error) {
    if (!CoppiceError.is(error)) throw error;
    return error.why === undefined ? error.what : `${error.what}: ${error.why}`;
  } finally {
    await shell?.close();
  }
}
