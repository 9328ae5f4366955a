import type { Client, ClientChannel } from "ssh2";
import { exec } from "./channel-limiter.ts";

/**
 * Ends a script on its node by a second command, wherever it is: closing the channel alone would leave it running.
 * The process group is the number that the script's own command reported.
 */
export async function killScript(
  { client, channel }: { readonly client: Client; readonly channel: ClientChannel },
  group: number,
): Promise<void> {
  const command = `kill -s TERM -- -${group}; for i in 1 2 3 4 5 6 7 8 9 10; do kill -s 0 -- -${group} || exit 0; sleep 0.1; done; kill -s KILL -- -${group}`;
  try {
    const killer = await exec(client, `sh -c '${command}' 2>/dev/null`);
    killer.resume();
    killer.stderr.resume();
    killer.once("close", () => channel.close());
  } catch {
    // No channel to be had: the remote time limit still ends the script.
    channel.close();
  }
}
