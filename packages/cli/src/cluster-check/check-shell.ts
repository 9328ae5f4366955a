import type { OpenCluster } from "@coppice/clusters";
import type { Finding } from "./finding.ts";
import { reasonOf } from "./reason-of.ts";

/** Programs of every Proxmox node that the work on files needs. */
const COMMANDS = ["perl", "qemu-img", "pvesm", "sync", "timeout"];

const SCRIPT = `for name in ${COMMANDS.join(" ")}; do command -v "$name" >/dev/null || echo "lacks $name"; done
[ "$(id -un)" = root ] || echo "is not root"
pvesm path "$1" >/dev/null 2>&1 || echo "cannot find the storage"`;

const WITHOUT = "method 'auto' uses linked clones instead of overlays, and 'bulk' is impossible";

/** Looks at a node's shell: reachable under its pinned key, right account, commands there. */
export async function checkShell(connection: OpenCluster, node: string, storage: string): Promise<Finding[]> {
  const what = `SSH to ${node}`;
  const shell = connection.ssh(node);
  if (shell === undefined) return [{ state: "limited", what, disables: `not configured: ${WITHOUT}` }];
  try {
    // The volume need not exist: `pvesm path` computes where it would be.
    const volume = `${storage}:100/vm-100-disk-0.qcow2`;
    const said = await shell.capture({ script: SCRIPT, args: [volume] }, { timeLimit: 30 });
    const problems = said.split("\n").filter((line) => line !== "");
    if (problems.length === 0) return [{ state: "ok", what }];
    return [{ state: "limited", what, disables: `the account ${problems.join(", ")}: ${WITHOUT}` }];
  } catch (error) {
    return [{ state: "limited", what, disables: `${reasonOf(error)}: ${WITHOUT}` }];
  } finally {
    await shell.close();
  }
}
