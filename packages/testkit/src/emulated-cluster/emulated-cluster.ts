import type { ClusterSettings, OpenCluster } from "@coppice/clusters";
import { type Emulator, type EmulatorOptions, startEmulator } from "@coppice/emulator";
import { PveClient, SshNode } from "@coppice/pve";
import { type ContextOptions, RecordedContext } from "./recorded-context.ts";

/**
 * An emulated cluster with a provider's connection to it, for tests of handlers without an engine.
 *
 * @example
 * await using lab = await EmulatedCluster.start({ nodes: 1 });
 * await overlayPool.create(inputs, lab.context("OverlayPool", "lab"));
 */
export class EmulatedCluster {
  readonly emulator: Emulator;
  #connection: OpenConnection;
  #usual: Partial<ClusterSettings> = {};

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.#connection = connect(emulator, {});
  }

  /** Starts an emulator and connects to it. */
  static async start(options: EmulatorOptions = {}): Promise<EmulatedCluster> {
    return new EmulatedCluster(await startEmulator(options));
  }

  /** Counters, faults, kept states and checks of the emulator. */
  get control(): Emulator["control"] {
    return this.emulator.control;
  }

  /** The connection that contexts hand out. */
  get connection(): OpenCluster {
    return this.#connection;
  }

  /** The client of that connection, for what a test wants to see. */
  get client(): PveClient {
    return this.#connection.client;
  }

  /** A context for one call of a handler. */
  context(type: string, name: string, options: ContextOptions = {}): RecordedContext {
    const urn = `urn:pulumi:${options.stack ?? "dev"}::demo::coppice:index:${type}::${name}`;
    return new RecordedContext(urn, options, () => this.#connection);
  }

  /** Connects with other settings than root's, which every later connection has too. */
  async become(settings: Partial<ClusterSettings>): Promise<void> {
    this.#usual = settings;
    await this.reconnect();
  }

  /** Connects anew, as a new provider process would; `settings` differ from the usual ones from now on. */
  async reconnect(settings: Partial<ClusterSettings> = {}): Promise<void> {
    await this.#connection.close();
    this.#connection = connect(this.emulator, { ...this.#usual, ...settings });
  }

  /** The connection's shell of a node; throws where it is configured without SSH. */
  ssh(node: string): SshNode {
    const shell = this.#connection.ssh(node);
    if (shell === undefined) throw new Error("the cluster is configured without SSH");
    return shell;
  }

  /** Standard output of a command that root runs on a node; throws when it fails. */
  async shell(node: string, command: string): Promise<string> {
    const { stdout, stderr, code } = await this.emulator.shell(node, command);
    if (code !== 0) throw new Error(`'${command}' on ${node} ended with ${code}: ${stderr}`);
    return stdout;
  }

  /** Goes back to a kept state, without faults and with everything in order. */
  async restore(name: string): Promise<void> {
    const { control, cluster } = this.emulator;
    control.faults.clear();
    for (const node of cluster.nodes.keys()) control.setNode(node, { online: true, linked: true });
    await control.expectVotes(undefined);
    await control.restore(name);
    await control.tellStatus();
    control.resetCounters();
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await this.#connection.close();
    await this.emulator.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

interface OpenConnection extends OpenCluster {
  close(): Promise<void>;
}

function connect(emulator: Emulator, more: Partial<ClusterSettings>): OpenConnection {
  const settings = { ...usualSettings(emulator), ...more };
  const client = new PveClient({
    endpoint: settings.endpoint,
    tls: { ca: emulator.ca },
    credentials: { token: { value: settings.token } },
  });
  const shells = new Map<string, SshNode>();
  const ssh = (node: string): SshNode | undefined => {
    if (settings.ssh === undefined) return undefined;
    const shell = shells.get(node) ?? openShell(emulator, settings, node);
    shells.set(node, shell);
    return shell;
  };
  const close = async () => {
    await Promise.all([...shells.values()].map((shell) => shell.close()));
    await client.close();
  };
  return { settings, client, ssh, close };
}

function usualSettings({ url, token, sshKey }: Emulator): ClusterSettings {
  const ssh = { user: "root", port: 22, key: sshKey.privateKey, hostKeys: {}, nodes: {} };
  return { name: "main", endpoint: url, token: `${token.id}=${token.secret}`, bulk: true, ssh };
}

function openShell({ ssh }: Emulator, settings: ClusterSettings, node: string): SshNode {
  const { port, hostKey } = ssh.get(node) ?? { port: 1, hostKey: "" };
  return new SshNode({
    host: "127.0.0.1",
    port,
    hostKey: { key: settings.ssh?.hostKeys[node] ?? hostKey },
    auth: { key: { value: settings.ssh?.key ?? "" } },
  });
}
