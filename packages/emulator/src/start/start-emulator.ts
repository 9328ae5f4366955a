import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Clock, SeededRandom, systemClock } from "@coppice/core";
import { accessOf } from "../access/access.ts";
import { Router } from "../api/router.ts";
import { authorityOf, certificateOf } from "../certificates/node-certificates.ts";
import { Cluster } from "../cluster/cluster.ts";
import { ClusterFiles } from "../cluster/cluster-files.ts";
import { Node } from "../cluster/node.ts";
import { NodeFiles } from "../cluster/node-files.ts";
import { Control } from "../control/control.ts";
import { type ControlServer, openControlServer } from "../control/control-server.ts";
import { haManager } from "../daemons/ha-manager.ts";
import { statusRound } from "../daemons/status-round.ts";
import { Faults } from "../faults/faults.ts";
import { layOutNetwork } from "../guests/node-bridges.ts";
import type { FaultSource } from "../kernel/fault-source.ts";
import { Latency } from "../kernel/latency.ts";
import { latencyTables } from "../kernel/latency-tables.ts";
import { ScaledClock } from "../kernel/scaled-clock.ts";
import { plantSeed } from "../seed/plant-seed.ts";
import { readSeedFile } from "../seed/read-seed-file.ts";
import {
  seedDefault,
  seedLocalStorage,
  seedMembership,
  seedToken,
  type TokenCredential,
} from "../seed/seed-cluster.ts";
import type { CommandResult } from "../shell/node-shell.ts";
import { type OpenedShells, openShells } from "../shell/open-shells.ts";
import type { SshKeyPair } from "../shell/ssh-key.ts";
import { pve84 } from "../versions/pve-8.4.ts";
import { pve92 } from "../versions/pve-9.2.ts";
import { type NodeServer, startNodeServer } from "../wire/node-server.ts";
import { allRoutes } from "./all-routes.ts";
import { Closers } from "./closers.ts";
import { openDataFolder } from "./data-folder.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import { startFailure } from "./start-failure.ts";

/** A running emulator. */
export interface Emulator {
  /** The state behind everything. */
  readonly cluster: Cluster;
  /** The first node's URL. */
  readonly url: string;
  /** Every node's URL by name. */
  readonly urls: ReadonlyMap<string, string>;
  /** The certificate authority that signed every node's certificate, as PEM. */
  readonly ca: string;
  /** A token with all of root's rights that a token can have. */
  readonly token: TokenCredential;
  readonly rootPassword: string;
  /** Each node's API server. */
  readonly servers: ReadonlyMap<string, NodeServer>;
  /** Every node's SSH port by name; root logs in with `sshKey` or `rootPassword`. */
  readonly ssh: ReadonlyMap<string, SshEndpoint>;
  /** A client's key that every node admits. */
  readonly sshKey: SshKeyPair;
  /** Counters, faults, load, kept states, checks. */
  readonly control: Control;
  /** The same by HTTP, when a control port was asked for. */
  readonly controlServer: ControlServer | undefined;
  /** Runs a command as root on a node, without SSH. */
  shell(node: string, command: string): Promise<CommandResult>;
  /** Stops everything and, for a temporary data folder, removes it. */
  stop(): Promise<void>;
}

/** A node's SSH port and the key it shows, as a line of known_hosts has it after the host's name. */
export interface SshEndpoint {
  readonly port: number;
  readonly hostKey: string;
}

/** An emulated node is bigger than the machine it runs on, so that classes fit. */
const usualHardware = { cpus: 16, memoryBytes: 64 * 1024 ** 3, rootDiskBytes: 500 * 1024 ** 3 };

/** How long a node has been up when it appears. */
const bootedBeforeMs = 3_600_000;

function clockOf(options: EmulatorOptions): Clock {
  return (
    options.clock ?? (options.timeScale === undefined ? systemClock : new ScaledClock(options.timeScale))
  );
}

function makeCluster(options: EmulatorOptions, data: string, faults: FaultSource): Cluster {
  const clock = clockOf(options);
  const version = options.pve === "8.4" ? pve84 : pve92;
  const files = new ClusterFiles(join(data, "pve"));
  for (const [path, text] of Object.entries(options.files ?? {})) files.write(path, text);
  const hardware = { ...usualHardware, ...options.hardware };
  const nodes = Array.from({ length: options.nodes ?? 3 }, (_, index) => {
    const nodeFiles: NodeFiles = new NodeFiles(files, () => cluster.quorate(node));
    const name = `pve${index + 1}`;
    const node = new Node({
      name,
      index,
      data,
      files: nodeFiles,
      hardware,
      startedAt: clock.now() - bootedBeforeMs,
      address: options.nodeAddress,
    });
    layOutNetwork(node);
    return node;
  });
  const latency = new Latency(clock, options.latency === "measured" ? latencyTables[version.id] : {});
  const random = new SeededRandom(options.randomSeed ?? randomBytes(8).toString("hex"));
  const name = nodes.length > 1 ? "coppice" : undefined;
  const cluster = new Cluster({ name, version, clock, random, files, nodes, faults, latency, data });
  cluster.useAccess(accessOf(cluster));
  return cluster;
}

/** What the API's servers share with the shells. */
interface Doors {
  readonly router: Router;
  readonly settle: () => void;
  readonly closers: Closers;
}

async function startServers(
  cluster: Cluster,
  options: EmulatorOptions,
  doors: Doors,
): Promise<Map<string, NodeServer>> {
  const authority = authorityOf(cluster.files);
  const servers = new Map<string, NodeServer>();
  for (const node of cluster.nodes.values()) {
    const here = {
      cluster,
      node,
      router: doors.router,
      settle: doors.settle,
      authDelayMs: options.authDelay ?? 0,
    };
    const port = options.port === undefined || options.port === 0 ? 0 : options.port + node.index;
    const certified = certificateOf(cluster.files, node, authority);
    const server = await startNodeServer(here, certified, authority.certificate, port, options.host);
    doors.closers.add(() => server.close());
    servers.set(node.name, server);
  }
  return servers;
}

function rootPasswordOf(cluster: Cluster, options: EmulatorOptions): string {
  const path = "priv/emulated-root-password";
  const password = options.rootPassword ?? cluster.files.read(path) ?? randomBytes(12).toString("base64url");
  cluster.files.write(path, password);
  accessOf(cluster).setPassword("root@pam", password);
  return password;
}

async function seed(cluster: Cluster, options: EmulatorOptions): Promise<TokenCredential> {
  if (options.membership !== "separate") seedMembership(cluster);
  if (options.seed === "bare") seedLocalStorage(cluster);
  else await seedDefault(cluster);
  return options.token === false ? { id: "", secret: "" } : seedToken(cluster);
}

function openDoors(
  cluster: Cluster,
  router: Router,
  password: string,
  options: EmulatorOptions,
): Promise<OpenedShells> {
  const { host, sshPort, authorizedKeys = [] } = options;
  const where = {
    ...(host === undefined ? {} : { host }),
    ...(sshPort === undefined ? {} : { firstPort: sshPort }),
  };
  return openShells(cluster, { router, password, authorizedKeys, ...where });
}

/**
 * Starts an emulated Proxmox VE cluster in this process.
 *
 * @example
 * await using pve = await startEmulator();
 * await fetch(`${pve.url}/api2/json/version`, …);
 */
export async function startEmulator(
  options: EmulatorOptions = {},
  faults?: FaultSource,
): Promise<Emulator & AsyncDisposable> {
  const closers = new Closers();
  try {
    return await open(options, faults, closers);
  } catch (error) {
    // What came up before the failure goes away again; the failure itself is what the caller has to know.
    await closers.close().catch(() => undefined);
    throw startFailure(error);
  }
}

async function open(
  given: EmulatorOptions,
  faults: FaultSource | undefined,
  closers: Closers,
): Promise<Emulator & AsyncDisposable> {
  const document = given.seedFile === undefined ? undefined : await readSeedFile(given.seedFile);
  const folder = openDataFolder(given);
  closers.add(() => folder.release());
  const options = { ...given, ...folder.kept, ...(document?.bare === true ? { seed: "bare" as const } : {}) };
  const rules = new Faults();
  const cluster = makeCluster(options, folder.path, faults ?? rules);
  closers.add(() => cluster.files.close());
  const rootPassword = rootPasswordOf(cluster, options);
  const token = await seed(cluster, options);
  const router = new Router(allRoutes, cluster.version.id);
  if (document !== undefined) await plantSeed(cluster, router, document);
  closers.add(() => cluster.tasks.settle());
  const { shells, clientKey } = await openDoors(cluster, router, rootPassword, options);
  closers.add(() => shells.close());
  const servers = await startServers(cluster, options, { router, closers, settle: () => shells.settle() });
  const control = new Control({ cluster, faults: rules, shells, servers });
  const controlServer = await openControl(control, options, closers);
  const rounds = [statusRound(cluster).run(), haManager(cluster).run()];
  closers.add(async () => {
    cluster.stop();
    await Promise.all(rounds);
  });
  const stop = (): Promise<void> => closers.close();
  return {
    cluster,
    ...addresses(cluster, servers, options),
    ca: cluster.files.read("pve-root-ca.pem") ?? "",
    token,
    rootPassword,
    servers,
    ssh: endpoints(cluster, shells),
    sshKey: clientKey,
    control,
    controlServer,
    shell: (node, command) => shells.run(node, command),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function openControl(
  control: Control,
  { controlPort }: EmulatorOptions,
  closers: Closers,
): Promise<ControlServer | undefined> {
  if (controlPort === undefined) return undefined;
  const server = await openControlServer(control, controlPort);
  closers.add(() => server.close());
  return server;
}

function addresses(cluster: Cluster, servers: Emulator["servers"], { host = "127.0.0.1" }: EmulatorOptions) {
  const urls = new Map([...servers].map(([name, server]) => [name, `https://${host}:${server.port}`]));
  return { url: urls.get(cluster.firstNode.name) ?? "", urls };
}

function endpoints(cluster: Cluster, shells: OpenedShells["shells"]): Emulator["ssh"] {
  const names = [...cluster.nodes.keys()];
  return new Map(names.map((name) => [name, { port: shells.port(name), hostKey: shells.hostKey(name) }]));
}
