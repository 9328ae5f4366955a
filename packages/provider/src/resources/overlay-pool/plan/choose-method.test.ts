import type { ClusterSettings } from "@coppice/clusters";
import type { OverlayPoolInputs } from "@coppice/core";
import { expect, test } from "vitest";
import { chooseMethod, type MethodQuestion } from "./choose-method.ts";

const ssh = { user: "root", port: 22, key: "", hostKeys: {}, nodes: {} };
const settings: ClusterSettings = { name: "main", endpoint: "https://pve1", token: "", bulk: true, ssh };
const disk = (format: "qcow2" | "raw") => ({ disks: [{ slot: "scsi0", format, size: 1 }], storage: "nas" });

interface Asked {
  readonly inputs?: object;
  readonly cluster?: { readonly [Key in keyof ClusterSettings]?: ClusterSettings[Key] | undefined };
  readonly pool?: string;
}

/** A class of one seat on a cluster where everything is possible, but for what a test changes. */
function choice({ inputs = {}, cluster = {}, pool }: Asked = {}) {
  const question = {
    inputs: { method: "auto", base: disk("qcow2"), ...inputs } as unknown as OverlayPoolInputs, // all that it looks at
    createdInPool: pool,
    cluster: { settings: { ...settings, ...cluster } as ClusterSettings }, // a test leaves out what may be absent
  } satisfies MethodQuestion;
  const { madeBy, methodReason } = chooseMethod(question);
  return [madeBy, methodReason];
}

test("'auto' takes bulk where the cluster allows it", () => {
  expect(choice()).toEqual(["bulk", "Machines are made by 'bulk': cluster 'main' allows it."]);
});

test.each([
  ["the cluster does not allow it", { cluster: { bulk: false } }, "cluster 'main' does not allow it"],
  ["the token is one of a pool", { pool: "lab" }, "the token's rights end at pool 'lab'"],
  ["there are data disks", { inputs: { dataDisk: { size: "1GiB" } } }, "data disks are made through the API"],
  [
    "SSH is somebody else's",
    { cluster: { ssh: { ...ssh, user: "ops" } } },
    "SSH logs in as 'ops', not as root",
  ],
] as const)("'auto' takes overlays where %s, and says so", (_, asked, why) => {
  expect(choice(asked)).toEqual([
    "overlay",
    `Machines are made by 'overlay': 'bulk' is not taken, since ${why}.`,
  ]);
});

test.each([
  ["disks are no files", { inputs: { base: disk("raw") } }, "the disks on storage 'nas' are no qcow2 files"],
  ["there is no SSH", { cluster: { ssh: undefined } }, "cluster 'main' is configured without SSH"],
] as const)("'auto' takes linked clones where %s, whatever the cluster allows", (_, asked, why) => {
  expect(choice(asked)).toEqual(["linked", `Machines are made by 'linked': ${why}.`]);
});

test.each(["overlay", "linked", "bulk"])("'%s' is what the class says, and needs no reason", (method) => {
  expect(choice({ inputs: { method } })).toEqual([method, undefined]);
});
