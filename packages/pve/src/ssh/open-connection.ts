import type { Client, ConnectConfig } from "ssh2";
import { type ExpectedHostKey, expectedHostKey, fingerprintOf } from "./host-key.ts";
import { resolveSshAuth } from "./ssh-auth.ts";
import { SshError } from "./ssh-error.ts";
import type { SshNodeSettings } from "./ssh-settings.ts";

/** A connection is given up after this many unanswered keep-alives, one each interval. */
const keepAlive = { keepaliveInterval: 2_000, keepaliveCountMax: 2 };

/** Connects to a node, verifies its host key, and logs in. */
export async function openConnection(settings: SshNodeSettings): Promise<Client> {
  const expected = expectedHostKey(settings.hostKey);
  const [auth, host] = await Promise.all([
    resolveSshAuth(settings.auth),
    settings.address?.() ?? settings.host,
  ]);
  // Loaded here: whoever needs only the REST half never pays for ssh2.
  const { Client: SshClient } = await import("ssh2");
  const client = new SshClient();
  const seen: SeenKey = { fingerprint: undefined };
  try {
    await ready(client, {
      ...auth,
      ...addressOf(settings, host),
      ...keepAlive,
      ...verification(expected, seen),
    });
    return client;
  } catch (cause) {
    client.destroy();
    throw connectFailure(cause, { settings, host, expected, seen });
  }
}

interface SeenKey {
  fingerprint: string | undefined;
}

function addressOf({ port, user, connectTimeout }: SshNodeSettings, host: string) {
  return { host, port: port ?? 22, username: user ?? "root", readyTimeout: connectTimeout ?? 15_000 };
}

function verification(expected: ExpectedHostKey, seen: SeenKey): ConnectConfig {
  const hostVerifier = (key: Buffer) => {
    seen.fingerprint = fingerprintOf(key);
    return seen.fingerprint === expected.fingerprint;
  };
  return expected.algorithms
    ? { hostVerifier, algorithms: { serverHostKey: [...expected.algorithms] } }
    : { hostVerifier };
}

function ready(client: Client, config: ConnectConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    // ssh2 leaves Nagle's algorithm on; small packets of the handshake would wait 40 ms each.
    client.once("connect", () => client.setNoDelay(true));
    client.once("ready", resolve);
    client.on("error", reject).once("close", () => reject(new Error("the connection was closed")));
    client.connect(config);
  });
}

interface FailureContext {
  readonly settings: SshNodeSettings;
  /** Where it was tried. */
  readonly host: string;
  readonly expected: ExpectedHostKey;
  readonly seen: SeenKey;
}

function connectFailure(cause: unknown, { settings, host, expected, seen }: FailureContext): SshError {
  const port = settings.port ?? 22;
  const address = `${settings.user ?? "root"}@${host}:${port}`;
  const name = settings.node ?? (host === settings.host ? undefined : settings.host);
  const where = name === undefined ? address : `Node '${name}' (${address})`;
  const details = { host, port };
  if (seen.fingerprint !== undefined && seen.fingerprint !== expected.fingerprint) {
    return new SshError("ssh.host-key", {
      what: `${where} shows another SSH host key than the pinned one`,
      why: `its fingerprint is ${seen.fingerprint}, pinned is ${expected.fingerprint}`,
      wayOut:
        "If the node was installed anew, compare with its own `ssh-keygen -lf` output and pin that; else somebody sits in between",
      details,
    });
  }
  const why = cause instanceof Error ? cause.message : "unknown reason";
  if (/authentication methods failed/.test(why)) {
    const wayOut = "Check the user, and that the node accepts this key or password";
    return new SshError("ssh.authentication", {
      what: `${where} was not let in`,
      why: "the server refused the credentials",
      wayOut,
      details,
      cause,
    });
  }
  return new SshError("ssh.connection", {
    what: `${where} cannot be reached`,
    why,
    wayOut: "Check address, port and that sshd runs there",
    details,
    cause,
  });
}
