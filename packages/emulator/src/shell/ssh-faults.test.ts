import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Faults } from "../faults/faults.ts";
import { type SmallCluster, smallCluster } from "../storage/fixtures/small-cluster.ts";
import { Shells } from "./shells.ts";
import { makeSshKey } from "./ssh-key.ts";

let faults: Faults;
let small: SmallCluster;
let shells: Shells;
let home: string;

beforeEach(async () => {
  faults = new Faults();
  small = smallCluster({ faults });
  home = mkdtempSync(join(tmpdir(), "coppice-client-"));
  const key = makeSshKey("client");
  writeFileSync(join(home, "key"), key.privateKey, { mode: 0o600 });
  shells = await Shells.open(small.cluster, {
    authorizedKeys: [key.publicKey],
    commands: () => async () => 0,
  });
  writeFileSync(join(home, "known"), `[127.0.0.1]:${shells.port("pve1")} ${shells.hostKey("pve1")}\n`);
});

afterEach(async () => {
  await shells.close();
  small[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

/** Feeds a script to a shell on the node and answers ssh's exit code. */
async function feed(script: string): Promise<number | null> {
  const flags = ["-F", "none", "-o", `UserKnownHostsFile=${join(home, "known")}`, "-o", "BatchMode=yes"];
  const target = ["-i", join(home, "key"), "-p", String(shells.port("pve1")), "root@127.0.0.1", "bash -s"];
  const child = spawn("ssh", [...flags, ...target], { stdio: ["pipe", "ignore", "ignore"], timeout: 20_000 });
  child.stdin.on("error", () => undefined); // The connection is cut on purpose.
  child.stdin.end(script);
  const [code] = await once(child, "close");
  return typeof code === "number" ? code : null;
}

const made = (name: string) => existsSync(join(small.node.root, "root", name));
const script = `touch /root/began\n${`# ${"x".repeat(98)}\n`.repeat(3000)}touch /root/ended\n`;

test("a connection that is cut leaves a script half done, and the next one is whole", async () => {
  faults.add({ effect: { kind: "ssh-cut", afterBytes: 100_000 }, times: 1 });
  expect(await feed(script)).toBe(255);
  // What had arrived is still run: the node learns of the cut when the client already has.
  await expect.poll(() => made("began"), { timeout: 5000 }).toBe(true);
  expect(made("ended")).toBe(false);
  expect(await feed(script)).toBe(0);
  expect(made("ended")).toBe(true);
});

test("a relayed connection that is not cut works as any other", async () => {
  faults.add({ effect: { kind: "ssh-cut", afterBytes: 100_000_000 } });
  expect(await feed(script)).toBe(0);
  expect(made("ended")).toBe(true);
});

test("a node whose link is down or whose port refuses is not entered", async () => {
  faults.add({ effect: { kind: "ssh-refused" }, times: 1 });
  expect(await feed("true")).toBe(255);
  small.node.linked = false;
  expect(await feed("true")).toBe(255);
  small.node.linked = true;
  expect(await feed("true")).toBe(0);
});

test("a new host key is shown from the next connection on", async () => {
  expect(await feed("true")).toBe(0);
  const before = shells.hostKey("pve1");
  expect(shells.changeHostKey("pve1")).not.toBe(before);
  expect(await feed("true")).toBe(255);
  writeFileSync(join(home, "known"), `[127.0.0.1]:${shells.port("pve1")} ${shells.hostKey("pve1")}\n`);
  expect(await feed("true")).toBe(0);
});
