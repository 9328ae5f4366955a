import { fingerprintOf } from "./host-key.ts";
import { SshError } from "./ssh-error.ts";

/**
 * Fetches the host key's fingerprint of a node that is not trusted yet, so that a person can compare
 * it with `ssh-keygen -lf` on the node itself. Logs in nowhere.
 */
export async function firstSshContact(host: string, port = 22): Promise<string> {
  const { Client } = await import("ssh2");
  const client = new Client();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const hostVerifier = (key: Buffer) => {
    resolve(fingerprintOf(key));
    return false;
  };
  client.on("error", reject).once("close", () => reject(new Error("the connection was closed")));
  client.connect({ host, port, username: "root", readyTimeout: 15_000, hostVerifier });
  try {
    return await promise;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unknown reason";
    throw new SshError("ssh.connection", {
      what: `${host} showed no SSH host key`,
      why,
      details: { host, port },
      cause,
    });
  } finally {
    client.destroy();
  }
}
