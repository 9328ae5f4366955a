import type { GuestPlace } from "../retry/inspect-vmid.ts";
import type { SshNode } from "./ssh-node.ts";

const SCRIPT = `file=/etc/pve/nodes/$1/qemu-server/$2.conf
if [ "$(cat "$file" 2>/dev/null)" = "lock: create" ]; then
  qm unlock "$2" && qm destroy "$2" >/dev/null && echo removed
fi`;

/**
 * Removes, as root, a configuration that holds nothing but `lock: create`: what a worker that never started leaves on a
 * number that was free a moment ago. For credentials that do not see it, since rights from a pool begin where a create
 * ends; make sure first that no create is at work. Anything else is left alone. Answers whether there was such a one.
 */
export async function removeLeftoverOverSsh(
  shell: Pick<SshNode, "capture">,
  { node, vmid }: GuestPlace,
  signal?: AbortSignal,
): Promise<boolean> {
  const said = await shell.capture({ script: SCRIPT, args: [node, String(vmid)] }, { signal });
  return said.includes("removed");
}
