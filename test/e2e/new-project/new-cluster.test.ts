import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClusterWish } from "../../../packages/cli/src/new-cluster/cluster-wish.ts";
import { newCluster } from "../../../packages/cli/src/new-cluster/new-cluster.ts";
import type { Questions } from "../../../packages/cli/src/terminal/questions.ts";

let lab: EmulatedCluster;
let folder: string;
let token: string;
beforeAll(async () => {
  lab = await EmulatedCluster.start({ nodes: 2 });
  const { emulator } = lab;
  token = `${emulator.token.id}=${emulator.token.secret}`;
  folder = await mkdtemp(join(tmpdir(), "coppice-new-cluster-"));
  const texts = { "ca.pem": emulator.ca, token, key: emulator.sshKey.privateKey, "other-key": "no key" };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), `${text}\n`);
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const none = { sshNode: {}, hostKey: {} };
const sshNode = () =>
  Object.fromEntries([...lab.emulator.ssh].map(([name, { port }]) => [name, `127.0.0.1:${port}`]));
const hostKey = () => Object.fromEntries([...lab.emulator.ssh].map(([name, node]) => [name, node.hostKey]));
const made = (wish: Partial<ClusterWish>, questions?: Questions) =>
  newCluster({ ...none, ...wish }, { questions, environment: { PVE_TOKEN: token } });
const api = () => ({ endpoint: lab.emulator.url, caFile: file("ca.pem"), tokenFile: file("token") });
const ssh = () => ({ sshKey: file("key"), sshNode: sshNode(), hostKey: hostKey() });

/** Somebody who gives these answers in turn, and remembers what was asked. */
class Answers implements Questions {
  readonly asked: string[] = [];
  readonly #answers: (string | boolean)[];

  constructor(...answers: readonly (string | boolean)[]) {
    this.#answers = [...answers];
  }

  async ask(question: string, usual = ""): Promise<string> {
    return String(this.#next(question)) || usual;
  }

  async askSecret(question: string): Promise<string> {
    return String(this.#next(question));
  }

  async confirm(question: string): Promise<boolean> {
    return this.#next(question) === true;
  }

  tell(lines: readonly string[]): void {
    this.asked.push(...lines);
  }

  #next(question: string): string | boolean {
    this.asked.push(question);
    return this.#answers.shift() ?? "";
  }
}

describe("with everything given", () => {
  test("the settings name what was given, and the authority comes along", async () => {
    expect(await made(api())).toMatchObject({
      settings: { endpoint: lab.emulator.url, caFile: "pve-root-ca.pem", token: { file: file("token") } },
      files: [{ name: "pve-root-ca.pem", text: `${lab.emulator.ca}\n` }],
    });
  });

  test("a token in a variable and a pinned certificate are enough", async () => {
    const endpoint = lab.emulator.url;
    const fingerprint = await fingerprintOf(endpoint);
    expect(await made({ endpoint, fingerprint, tokenEnv: "PVE_TOKEN" })).toMatchObject({
      settings: { endpoint, fingerprint, token: { env: "PVE_TOKEN" } },
      files: [],
    });
  });

  test("each node is logged in on, and stands in the settings with address and key", async () => {
    const cluster = await made({ ...api(), ...ssh() });
    const [name, node] = [...lab.emulator.ssh][0] ?? [];
    expect(cluster?.settings["ssh"]).toMatchObject({
      user: "root",
      key: { file: file("key") },
      nodes: { [name ?? ""]: { host: "127.0.0.1", port: node?.port, hostKey: node?.hostKey } },
    });
  });

  test("no cluster is no mistake", async () => {
    expect(await made({})).toBeUndefined();
  });
});

describe("what is wrong ends it with its reason", () => {
  const wrong: Readonly<Record<string, () => Partial<ClusterWish>>> = {
    "--token-file is given of a cluster without an address": () => ({ tokenFile: file("token") }),
    "nobody has compared its fingerprint": () => ({ endpoint: lab.emulator.url, tokenFile: file("token") }),
    "pinned is 00:00": () => ({
      endpoint: lab.emulator.url,
      fingerprint: "00".repeat(32),
      tokenFile: file("token"),
    }),
    "--ca-file and --fingerprint exclude each other": () => ({ ...api(), fingerprint: "00".repeat(32) }),
    "No API token is given": () => ({ endpoint: lab.emulator.url, caFile: file("ca.pem") }),
    "both in a file and in a variable": () => ({ ...api(), tokenEnv: "PVE_TOKEN" }),
    "nowhere cannot be read: it does not exist": () => ({ ...api(), tokenFile: file("nowhere") }),
    "nowhere cannot be read: it does not exist. Give another by --ca-file": () => ({
      ...api(),
      caFile: file("nowhere"),
    }),
    "as it was given: --token-env: the environment variable NOWHERE is not set": () => ({
      endpoint: lab.emulator.url,
      caFile: file("ca.pem"),
      tokenEnv: "NOWHERE",
    }),
    "https address of a node": () => ({ ...api(), endpoint: "http://pve1:8006" }),
    "has no node pve9": () => ({ ...api(), ...ssh(), hostKey: { pve9: "SHA256:x" } }),
    "Nobody has compared the SSH host keys of pve1 (SHA256:": () => ({ ...api(), ...ssh(), hostKey: {} }),
    "shows another SSH host key than the pinned one": () => ({
      ...api(),
      ...ssh(),
      hostKey: { ...hostKey(), pve1: `SHA256:${"A".repeat(43)}` },
    }),
    "cannot be reached: Cannot parse privateKey": () => ({ ...api(), ...ssh(), sshKey: file("other-key") }),
    "The node pve2 cannot be used over SSH at 127.0.0.1:1: ": () => ({
      ...api(),
      ...ssh(),
      sshNode: { ...sshNode(), pve2: "127.0.0.1:1" },
    }),
    "address is given by --ssh-node pve2=<host>[:<port>]": () => ({
      ...api(),
      ...ssh(),
      sshNode: { ...sshNode(), pve2: "127.0.0.1:1" },
      hostKey: {},
    }),
  };

  test.each(Object.entries(wrong))("%s", async (said, wish) => {
    await expect(made(wish())).rejects.toThrow(said);
  });

  test("a password in an address is not repeated, and nothing is asked of that place", async () => {
    const endpoint = "https://root:planted@pve1.example.org";
    const refusal = await made({ ...api(), endpoint }).catch(String);
    expect(refusal).toMatch(/The address is "https:\/\/…@pve1.*not the bare https address/);
    expect(refusal).not.toContain("planted");
  });

  test("all nodes that cannot be used are told, first the one that was named", async () => {
    const wrongKey = { pve2: `SHA256:${"A".repeat(43)}` };
    const refusal = await made({
      ...api(),
      ...ssh(),
      sshNode: { pve2: sshNode()["pve2"] ?? "", pve1: "127.0.0.1:1" },
      hostKey: wrongKey,
    }).catch(String);
    expect(refusal).toMatch(
      /2 nodes cannot be used.* pve2 .*another SSH host key.*; .* pve1 .*127\.0\.0\.1:1/s,
    );
  });

  test("a token that Proxmox does not know", async () => {
    await writeFile(file("stale"), "root@pam!coppice=00000000-0000-0000-0000-000000000000");
    await expect(made({ ...api(), tokenFile: file("stale") })).rejects.toThrow(
      /refuses the API token in the file \S*stale \(--token-file\): .*\[pve\.unauthorized\]/,
    );
  });
});

describe("asked at a terminal", () => {
  test("address, certificate, token, key and host keys make a cluster; a typed token goes into a file", async () => {
    const answers = new Answers(lab.emulator.url, true, token, file("key"), "", true);
    const cluster = await made({ sshNode: sshNode() }, answers);
    const fingerprint = await fingerprintOf(lab.emulator.url);
    expect(answers.asked).toContain(`  ${fingerprint}`);
    expect(cluster?.settings).toMatchObject({
      fingerprint,
      token: { file: "pve-token" },
      ssh: { user: "root" },
    });
    expect(cluster?.files).toEqual([{ name: "pve-token", text: `${token}\n` }]);
  });

  test("a certificate that looks otherwise there is not taken, and nothing more is asked", async () => {
    const answers = new Answers(lab.emulator.url, false);
    await expect(made({}, answers)).rejects.toThrow(/\[pve\.certificate-rejected\]/);
    expect(answers.asked.at(-1)).toContain("pvenode cert info");
  });

  test("an empty address leaves the cluster for later", async () => {
    expect(await made({}, new Answers(""))).toBeUndefined();
  });

  test("what is no token is said so before it is sent anywhere", async () => {
    const answers = new Answers("my secret");
    await expect(made({ endpoint: lab.emulator.url, caFile: file("ca.pem") }, answers)).rejects.toThrow(
      "What was typed is no API token",
    );
  });
});

async function fingerprintOf(endpoint: string): Promise<string> {
  const { firstContact } = await import("@coppice/pve");
  return (await firstContact(endpoint)).fingerprint;
}
