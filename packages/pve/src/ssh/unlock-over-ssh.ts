import type { Unlock } from "../retry/remove-leftover.ts";
import type { SshNode } from "./ssh-node.ts";

/** Takes a guest's lock off with `qm unlock`, for tokens, which may not use `skiplock`. */
export function unlockOverSsh(node: Pick<SshNode, "capture">): Unlock {
  return async ({ vmid }, signal) => {
    await node.capture({ script: 'qm unlock "$1"', args: [String(vmid)] }, { signal });
  };
}
