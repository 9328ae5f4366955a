import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BaseGenerationState, isProperties, parseProperties } from "@coppice/core";
import { RecordedContext } from "@coppice/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newCluster } from "../../packages/cli/src/new-cluster/new-cluster.ts";
import { addCluster } from "../../packages/cli/src/registry/add-cluster.ts";
import { openRegistered } from "../../packages/cli/src/registry/open-registered.ts";
import { readCluster } from "../../packages/cli/src/registry/read-cluster.ts";
import { overlayPoolWith } from "../../packages/provider/src/resources/overlay-pool/overlay-pool.ts";
import { ClassLab, poolInputs } from "./class-lab.ts";

const names = ["north", "south"] as const;
const roster = ["ada", "grace"];

const labs = new Map<string, ClassLab>();
const bases = new Map<string, BaseGenerationState>();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-two-clusters-"));
  for (const name of names) {
    const lab = await ClassLab.start({ nodes: 1 });
    labs.set(name, lab);
    bases.set(name, await lab.generation());
    await register(name, lab);
  }
});
afterAll(async () => {
  for (const lab of labs.values()) await lab[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** As somebody registers it who types the token. */
async function register(name: string, { cluster: { emulator } }: ClassLab): Promise<void> {
  const { token, ssh, sshKey, ca, url } = emulator;
  const [caFile, sshFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  await writeFile(caFile, ca);
  await writeFile(sshFile, sshKey.privateKey, { mode: 0o600 });
  const sshNode = Object.fromEntries([...ssh].map(([node, { port }]) => [node, `127.0.0.1:${port}`]));
  const hostKey = Object.fromEntries([...ssh].map(([node, each]) => [node, each.hostKey]));
  const questions = {
    ask: async (_: string, usual = "") => usual,
    askSecret: async () => `${token.id}=${token.secret}`,
    confirm: async () => true,
    tell: () => undefined,
  };
  const wish = { endpoint: url, caFile, sshKey: sshFile, sshNode, hostKey };
  const made = await newCluster(wish, { questions, environment: {} });
  if (made === undefined) throw new Error("an address was given");
  await addCluster(join(folder, "clusters"), name, made);
}

/** A class of equal name and numbers on either cluster, through what is registered alone. */
async function contextOf(name: string): Promise<RecordedContext> {
  const connection = await openRegistered(await readCluster(join(folder, "clusters"), name), {});
  return new RecordedContext(
    "urn:pulumi:main::coppice-tenant::coppice:index:OverlayPool::lab",
    {},
    () => connection,
  );
}

function inputsOf(name: string) {
  const base = bases.get(name);
  if (base === undefined) throw new Error(`there is no cluster ${name}`);
  const given = parseProperties(JSON.stringify(poolInputs(base, { cluster: name, roster })));
  return overlayPoolWith().check(given ?? {}).inputs;
}

const machinesOf = async (name: string) =>
  await labs
    .get(name)
    ?.cluster.shell("pve1", "ls /etc/pve/qemu-server /mnt/pve/nas/images; sha256sum /etc/pve/qemu-server/*");

test("two registered clusters have machines of equal numbers, names and marks, and what is done to one leaves the other", async () => {
  const handler = overlayPoolWith();
  const made = new Map<string, Awaited<ReturnType<typeof handler.create>>>();
  for (const name of names) made.set(name, await handler.create(inputsOf(name), await contextOf(name)));
  const numbers = [...made.values()].map(({ state }) =>
    Object.values(isProperties(state["seats"]) ? state["seats"] : {}),
  );
  expect(numbers[0]).toMatchObject([{ vmid: 20_000 }, { vmid: 20_001 }]);
  expect(numbers[1]).toMatchObject([{ vmid: 20_000 }, { vmid: 20_001 }]);
  const south = await machinesOf("south");
  const state = made.get("north")?.state ?? {};
  await handler.delete({ id: "lab", state }, await contextOf("north"));
  expect(await machinesOf("north")).not.toContain("20000");
  expect(await machinesOf("south")).toBe(south);
  expect(south).toContain("20001");
});
