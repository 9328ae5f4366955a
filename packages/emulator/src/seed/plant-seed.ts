import type { CoppiceError } from "@coppice/core";
import type { Method } from "../api/call.ts";
import type { Router } from "../api/router.ts";
import { runCall } from "../api/run-call.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { rootIdentity } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { nearest } from "./nearest.ts";
import { type SeedCall, seedCall, seedKinds, seedName } from "./seed-calls.ts";
import { type SeedDocument, type SeedEntry, type SeedSection, seedSections } from "./seed-document.ts";
import { seedError } from "./seed-error.ts";

/** Remembers in a data folder that its seed was planted to the end. */
const mark = "priv/emulated-seed";

/**
 * Makes everything a seed names, by the API's own code as root@pam, so that each value is checked as Proxmox checks it.
 * Done once for a data folder: what was removed since does not come back.
 */
export async function plantSeed(cluster: Cluster, router: Router, seed: SeedDocument): Promise<void> {
  if (cluster.files.read(mark) !== undefined) return;
  for (const section of seedSections) {
    for (const entry of seed.sections[section]) await new Planting(cluster, router, section, entry).run();
  }
  cluster.files.write(mark, "planted\n");
  cluster.counters.reset();
}

class Planting {
  readonly #cluster: Cluster;
  readonly #router: Router;
  readonly #section: SeedSection;
  readonly #entry: SeedEntry;
  readonly #name: string;

  constructor(cluster: Cluster, router: Router, section: SeedSection, entry: SeedEntry) {
    this.#cluster = cluster;
    this.#router = router;
    this.#section = section;
    this.#entry = entry;
    this.#name = seedName(section, entry);
  }

  async run(): Promise<void> {
    if (this.#isThere()) return;
    const call = seedCall(
      this.#section,
      this.#entry,
      (vmid) => guestIndex(this.#cluster).find(Number(vmid))?.node,
    );
    this.#checkNames(call);
    const params = new Map(call.more);
    for (const { name, text } of this.#entry.options.values())
      if (!call.own.includes(name)) params.set(name, text);
    await this.#call(call.method, call.path, params);
    if (this.#section === "guests") await this.#finishGuest(call);
  }

  /** A start that was killed while it planted goes on where it was. */
  #isThere(): boolean {
    const { files } = this.#cluster;
    if (this.#section === "guests") return guestIndex(this.#cluster).find(Number(this.#name)) !== undefined;
    if (this.#section === "acl") return false;
    const file = this.#section === "storages" ? "storage.cfg" : "user.cfg";
    const kind = { storages: "[a-z]+", roles: "role", groups: "group", users: "user", pools: "pool" }[
      this.#section
    ];
    const wanted = new RegExp(`^${kind}: ?${this.#name.replaceAll(/[^\w]/g, String.raw`\$&`)}(?::|$)`, "m");
    return wanted.test(files.read(file) ?? "");
  }

  async #finishGuest(call: SeedCall): Promise<void> {
    const { options } = this.#entry;
    const guest = `/nodes/${options.get("node")?.text ?? ""}/qemu/${this.#name}`;
    if (options.get("template")?.text === "1") await this.#call("POST", `${guest}/template`, new Map());
    if (call.own.includes("start") && options.get("start")?.text === "1")
      await this.#call("POST", `${guest}/status/start`, new Map());
  }

  /** A misspelt option would only be refused as "not defined in schema": say which one was meant. */
  #checkNames(call: SeedCall): void {
    const route = this.#router.find(call.method, call.path)?.route;
    const known = [...Object.keys(route?.params ?? {}), ...call.own];
    for (const { name, place } of this.#entry.options.values()) {
      if (known.includes(name) || route?.additional !== undefined) continue;
      const close = nearest(name, known);
      const hint =
        close === undefined
          ? `expected a parameter of ${call.method} ${route?.path ?? call.path}`
          : `did you mean '${close}'?`;
      throw seedError(place, `'${name}' is no option of a ${seedKinds[this.#section].kind}`, hint);
    }
  }

  async #call(method: Method, path: string, raw: ReadonlyMap<string, string>): Promise<void> {
    const cluster = this.#cluster;
    try {
      const answer = await runCall(cluster, this.#router, {
        method,
        path,
        raw,
        identity: rootIdentity,
        entry: cluster.firstNode,
      });
      const task = typeof answer === "string" ? cluster.tasks.find(answer) : undefined;
      await task?.done;
      const status = task?.exitStatus ?? "OK";
      if (!/^(?:OK|WARNINGS)/.test(status)) throw new PveError(500, status);
    } catch (error) {
      throw error instanceof PveError ? this.#refused(error) : error;
    }
  }

  #refused(error: PveError): CoppiceError {
    const [first] = Object.entries(error.errors ?? {});
    const option = first === undefined ? undefined : this.#entry.options.get(first[0]);
    const what = `${seedKinds[this.#section].kind} '${this.#name}' was refused`;
    const why = first === undefined ? error.message : `${first[0]}: ${first[1]}`;
    return seedError(option?.place ?? this.#entry.place, what, why.trim());
  }
}
