import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PveClient } from "@coppice/pve";
import type { EmulatedCluster } from "@coppice/testkit";
import { registryFolder } from "../../packages/cli/src/registry/registry-folder.ts";
import {
  type RotationWish,
  rotateClusterToken,
} from "../../packages/cli/src/token-rotation/rotate-cluster-token.ts";
import { ClassLab } from "./class-lab.ts";

const coppice = new URL("../../packages/cli/bin/coppice.js", import.meta.url).pathname;
const page = new URL("../../docs/guides/clusters.md", import.meta.url);
const SECRET = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The password of root@pam. */
export const rootPassword = "emulated-root";

/** When tokens that are registered expire. */
export const expire = 4_102_444_800;

/** The id of a token's text. */
export function idIn(token: string): string {
  return token.slice(0, token.indexOf("="));
}

/** A cluster on which the guide's lines let tokens of coppice@pve replace themselves, and a home. */
export class RotationLab {
  readonly classes: ClassLab;
  readonly folder: string;
  home = "";

  private constructor(classes: ClassLab, folder: string) {
    this.classes = classes;
    this.folder = folder;
  }

  static async start(): Promise<RotationLab> {
    const classes = await ClassLab.start({ nodes: 1, rootPassword });
    const { cluster } = classes;
    const folder = await mkdtemp(join(tmpdir(), "coppice-rotation-"));
    await writeFile(join(folder, "ca.pem"), cluster.emulator.ca);
    const user = "pveum user add coppice@pve; pveum acl modify / --users coppice@pve --roles PVEAdmin";
    await cluster.shell("pve1", user);
    const [, lines = ""] = /```sh\n(pveum group add[^`]*)```/.exec(await readFile(page, "utf8")) ?? [];
    await cluster.shell("pve1", `set -e\n${lines}`);
    await cluster.control.save("granted");
    return new RotationLab(classes, folder);
  }

  get lab(): EmulatedCluster {
    return this.classes.cluster;
  }

  get environment(): { readonly COPPICE_HOME: string } {
    return { COPPICE_HOME: this.home };
  }

  get clusters(): string {
    return registryFolder(this.environment);
  }

  get tokenFile(): string {
    return join(this.home, "token");
  }

  /** Begins anew, with an empty home. */
  async renew(): Promise<void> {
    await this.lab.restore("granted");
    this.home = await mkdtemp(join(this.folder, "home-"));
  }

  /** A token that root makes. */
  async makeToken(full: string, more: string): Promise<string> {
    const said = await this.lab.shell("pve1", `pveum user token add ${full.replace("!", " ")} ${more}`);
    return `${full}=${SECRET.exec(said)?.[0]}`;
  }

  /** Registers the cluster with a token that root makes. */
  async register(more = "--privsep 0"): Promise<string> {
    const told = `${more} --comment 'For classes' --expire ${expire}`;
    const token = await this.makeToken("coppice@pve!classes", told);
    await writeFile(this.tokenFile, `${token}\n`, { mode: 0o600 });
    await this.writeEntry("main", `{ file: ${this.tokenFile} }`);
    return token;
  }

  async writeEntry(name: string, token: string): Promise<void> {
    await mkdir(this.clusters, { recursive: true });
    const lines = ["kind: Cluster", "version: 1", `name: ${name}`, `endpoint: ${this.lab.emulator.url}`];
    const text = [...lines, `caFile: ${join(this.folder, "ca.pem")}`, `token: ${token}`, ""].join("\n");
    await writeFile(join(this.clusters, `${name}.yaml`), text);
  }

  async rotate(more: Partial<RotationWish> = {}) {
    const { signal } = new AbortController();
    const { clusters: folder, environment } = this;
    const usual = { folder, environment, cluster: "main", keepOld: false, grace: 0, signal };
    return await rotateClusterToken({ ...usual, tell: () => undefined, ...more });
  }

  /** Runs `coppice cluster …`; its exit code and what it prints. */
  async run(words: readonly string[], more: object = {}): Promise<{ code: number; out: string }> {
    const options = { cwd: this.folder, env: { PATH: "/nowhere", ...this.environment, ...more } };
    return await new Promise((resolve) => {
      execFile(process.execPath, [coppice, "cluster", ...words], options, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out: stdout + stderr });
      });
    });
  }

  /** The token that whoever reads the file now gets. */
  async inFile(): Promise<string> {
    return (await readFile(this.tokenFile, "utf8")).trim();
  }

  /** The tokens of the user that there are. */
  async tokens(): Promise<string[]> {
    const said = await this.lab.shell("pve1", "grep ^token:coppice@pve /etc/pve/user.cfg || true");
    return said.split("\n").flatMap((line) => line.split(":")[1] ?? []);
  }

  /** Whether the cluster takes a token. */
  async works(token: string): Promise<boolean> {
    const { url: endpoint, ca } = this.lab.emulator;
    await using client = new PveClient({ endpoint, tls: { ca }, credentials: { token: { value: token } } });
    return await client.get("/version", { parse: () => true }).catch(() => false);
  }

  /** What a replacement has left beside the token's file and the entries. */
  async leftovers(): Promise<string[]> {
    const beside = (await readdir(this.home)).filter((name) => /^token./.test(name));
    const files = await readdir(this.clusters, { recursive: true });
    return [...beside, ...files.filter((file) => !file.endsWith(".yaml") && file !== "main")];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await this.classes[Symbol.asyncDispose]();
  }
}
