import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { perCluster } from "../cluster/per-cluster.ts";
import type { Sections } from "../cluster/section-config.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { guestRuntime } from "../guests/running/guest-runtime.ts";
import {
  type HaChange,
  type HaFacts,
  type HaOrder,
  type HaService,
  nextHaService,
} from "../ha/ha-service.ts";
import {
  forgetHa,
  type ManagerStatus,
  readLrm,
  readManager,
  takeOrders,
  writeLrm,
  writeManager,
} from "../ha/ha-status.ts";
import { haFiles, readHa, requestedState } from "../ha/ha-store.ts";
import { configPath } from "../qemu/config/config-file.ts";
import { HaNodes } from "./ha-nodes.ts";
import { workForHa } from "./ha-work.ts";

/** The manager looks every ten seconds, the nodes four seconds after it (timestamps of multinode n 581 and 633). */
const lrmAfterMs = 4000;
const crmAfterMs = 6000;

/** So many rounds without a guest, and the daemon becomes idle (pve-ha-manager, HA/CRM.pm and HA/LRM.pm). */
const crmIdleRounds = 90;
const lrmIdleRounds = 60;

type Services = Map<string, HaService>;

/**
 * High availability: one node's manager decides, every node does what it decided for its guests. Both look every ten
 * seconds, which is why a managed guest starts, stops and moves some 20 s after it was asked to
 * (docs/proxmox-facts.md#orders-to-ha).
 */
export class HaManager {
  readonly #cluster: Cluster;
  readonly #nodes: HaNodes;
  readonly #working = new Map<string, Promise<void>>();
  /** Rounds without a guest, by node, and of the manager itself under an empty name. */
  readonly #idleRounds = new Map<string, number>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#nodes = new HaNodes(cluster);
  }

  /** Looks after the managed guests until the cluster stops. */
  async run(): Promise<void> {
    const { clock, stopped } = this.#cluster;
    const wait = (ms: number) => clock.sleep(ms, stopped).catch(() => undefined);
    while (!stopped.aborted) {
      this.decide();
      await wait(lrmAfterMs);
      if (!stopped.aborted) this.act();
      await wait(crmAfterMs);
    }
    await Promise.all(this.#working.values());
  }

  /** Goes round at once until nothing changes any more, for tests that do not wait for the clock. */
  async settle(): Promise<void> {
    for (let before: string | undefined; ; ) {
      await Promise.all(this.#working.values());
      this.decide();
      this.act();
      await Promise.all(this.#working.values());
      const now = JSON.stringify(readManager(this.#cluster)?.service_status);
      if (now === before) return;
      before = now;
    }
  }

  /** One round of the manager. */
  decide(): void {
    const cluster = this.#cluster;
    const { sections } = readHa(cluster, haFiles.resources);
    const former = readManager(cluster);
    if (former === undefined && sections.size === 0) return;
    const master = this.#nodes.master(former?.master_node);
    if (master === undefined) return;
    this.#nodes.look(master);
    const services = this.#known(sections, former);
    if (this.#idleFor("", services.size) > crmIdleRounds) return forgetHa(master, cluster.nodes.keys());
    const orders = takeOrders(master);
    for (const sid of services.keys()) this.#decideOn(sid, services, sections, orders.get(sid));
    writeManager(master, {
      master_node: master.name,
      timestamp: cluster.seconds(master),
      node_status: this.#nodes.status(services.values()),
      service_status: Object.fromEntries(services),
    });
  }

  /** One round of every node's resource manager. */
  act(): void {
    const cluster = this.#cluster;
    const status = readManager(cluster);
    const services = Object.entries(status?.service_status ?? {});
    for (const name of Object.keys(status?.node_status ?? {})) {
      const node = cluster.node(name);
      if (!cluster.quorate(node) || node.stoppedServices.has("pve-ha-lrm")) continue;
      const own = services.filter(([, service]) => service.node === node.name);
      this.#note(node, new Set(own.map(([, { uid }]) => uid)));
      for (const [sid, service] of own) this.#work(node, sid, service);
    }
  }

  /** The guests that are managed now; new ones are taken as they are asked to be, so that no running one is moved. */
  #known(sections: Sections, former: ManagerStatus | undefined): Services {
    const services: Services = new Map();
    for (const [id, { type, options }] of sections) {
      const sid = `${type}:${id}`;
      const wanted = requestedState(options);
      const node = guestIndex(this.#cluster).find(Number(id))?.node;
      if (wanted === "ignored" || node === undefined) continue;
      const state = wanted === "started" ? "started" : "request_stop";
      services.set(sid, former?.service_status[sid] ?? { state, node, uid: this.#uid() });
    }
    return services;
  }

  #decideOn(sid: string, services: Services, sections: Sections, order: HaOrder | undefined): void {
    const { options = {} } = sections.get(sid.slice(3)) ?? {};
    let given = order;
    for (let service = services.get(sid); service !== undefined; given = undefined) {
      const change = nextHaService(service, this.#facts(service, options, given));
      if (change === undefined) return;
      this.#follow(sid, service, change);
      const isSame = change.state === service.state && change.failed === service.failed;
      service = { ...change, uid: isSame ? service.uid : this.#uid() };
      services.set(sid, service);
    }
  }

  #facts(service: HaService, options: Readonly<Record<string, string>>, order: HaOrder | undefined): HaFacts {
    return {
      wanted: requestedState(options),
      maxRestart: Number(options["max_restart"] ?? 1),
      result: readLrm(this.#cluster, service.node)?.results[service.uid]?.exit_code,
      order: order?.verb === "stop" || this.#nodes.isOnline(order?.argument) ? order : undefined,
      isLost: this.#nodes.isLost(service.node),
      refuge: this.#nodes.refuge(service.node),
    };
  }

  /** A lost node's watchdog has switched it off; its guests' configurations go to where they start again. */
  #follow(sid: string, { node, state }: HaService, change: NonNullable<HaChange>): void {
    const cluster = this.#cluster;
    if (change.state === "fence")
      for (const guest of guestRuntime(cluster).all())
        if (guest.node === node) guestRuntime(cluster).remove(guest.vmid);
    if (state !== "fence" || change.node === node) return;
    const vmid = Number(sid.slice(3));
    if (cluster.files.read(configPath(node, vmid)) !== undefined)
      cluster.files.rename(configPath(node, vmid), configPath(change.node, vmid));
  }

  /** Does what a guest's state asks for, unless its node is still at it. */
  #work(node: Node, sid: string, service: HaService): void {
    if (this.#working.has(sid) || service.state === "error" || service.state === "fence") return;
    const place = { cluster: this.#cluster, node, vmid: Number(sid.slice(3)) };
    const work = workForHa(place, service)
      // A start that failed has told why in its task.
      .catch(() => 1)
      .then((code) => this.#report(node, sid, service, code))
      .finally(() => this.#working.delete(sid));
    this.#working.set(sid, work);
  }

  #report(node: Node, sid: string, { uid, state }: HaService, code: number): void {
    const status = readLrm(this.#cluster, node.name);
    if (status === undefined || this.#cluster.stopped.aborted || !this.#cluster.quorate(node)) return;
    const results = { ...status.results, [uid]: { sid, state, exit_code: code } };
    writeLrm(node, { ...status, results });
  }

  #note(node: Node, uids: ReadonlySet<string>): void {
    const former = readLrm(this.#cluster, node.name);
    const rounds = this.#idleFor(node.name, uids.size);
    const wasActive = former?.state === "active" && rounds <= lrmIdleRounds;
    const state = uids.size > 0 || wasActive ? "active" : "wait_for_agent_lock";
    const kept = Object.entries(former?.results ?? {}).filter(([uid]) => uids.has(uid));
    const results = Object.fromEntries(kept);
    writeLrm(node, { mode: "active", state, timestamp: this.#cluster.seconds(node), results });
  }

  #idleFor(name: string, guests: number): number {
    const rounds = guests > 0 ? 0 : (this.#idleRounds.get(name) ?? 0) + 1;
    this.#idleRounds.set(name, rounds);
    return rounds;
  }

  #uid(): string {
    return Buffer.from(this.#cluster.random.bytes(16)).toString("base64").slice(0, 22);
  }
}

export const haManager = perCluster((cluster) => new HaManager(cluster));
