import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labClassKind, mistakeSentence } from "@coppice/core";
import { Pool } from "@coppice/provider";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { registrations } from "../fixtures/registrations.ts";
import { LabClass } from "../lab-class/lab-class.ts";
import { OverlayVmPool } from "../overlay-vm-pool/overlay-vm-pool.ts";
import { makeDescribed } from "./make-described.ts";
import { withSecrets } from "./with-secrets.ts";

const inputs = { template: { vmid: 9000 }, seats: 3, storage: "nas", vmids: { from: 20_000, to: 20_099 } };
const password = "planted-password-51c9";
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-described-"));
  writeFileSync(join(folder, "password"), `${password}\n`);
  writeFileSync(join(folder, "empty"), "\n");
  vi.stubEnv("STUDENT_PASSWORD", password);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test.each([
  ["LabClass", inputs, (args: typeof inputs) => new LabClass("lab", args)],
  ["OverlayVmPool", inputs, (args: typeof inputs) => new OverlayVmPool("lab", args)],
  ["Pool", { poolid: "lab" }, () => new Pool("lab", { poolid: "lab" })],
] as const)("a %s is the one that a program would make", async (kind, said, make) => {
  const described = await registrations(() => makeDescribed({ kind, name: "lab", inputs: said }));
  expect(described).toEqual(await registrations(() => make(inputs)));
  expect(described.length).toBeGreaterThan(0);
});

test("what a run makes known of it is told by name", async () => {
  await registrations(() => {
    const { outputs } = makeDescribed({
      kind: "LabClass",
      name: "lab",
      inputs: { ...inputs, teacher: true },
    });
    expect(Object.keys(outputs)).toEqual(["seats", "teacher", "generation"]);
    expect(Object.keys(makeDescribed({ kind: "LabClass", name: "two", inputs }).outputs)).toEqual([
      "seats",
      "generation",
    ]);
  });
});

test("a secret is read from where its reference leads, and is one for the engine", async () => {
  for (const reference of [{ env: "STUDENT_PASSWORD" }, { file: join(folder, "password") }]) {
    const said = { ...inputs, cloudInit: { user: "student", password: reference } };
    const described = await registrations(() =>
      makeDescribed({ kind: "LabClass", name: "lab", inputs: said }),
    );
    const program = { ...inputs, cloudInit: { user: "student", password } };
    expect(described).toEqual(await registrations(() => new LabClass("lab", program)));
  }
});

test("references that lead nowhere are all told, each with its field", () => {
  const reasons = [
    { env: "NOT_SET" },
    { file: join(folder, "empty") },
    { file: join(folder, "none") },
    {},
  ].map((reference) => {
    const { mistakes } = withSecrets(labClassKind.fields, { ...inputs, cloudInit: { password: reference } });
    return mistakes.map(mistakeSentence).join();
  });
  expect(reasons).toEqual([
    "'cloudInit.password' leads nowhere: the environment variable NOT_SET is not set",
    `'cloudInit.password' leads nowhere: the file ${join(folder, "empty")} is empty`,
    `'cloudInit.password' leads nowhere: the file ${join(folder, "none")} cannot be read (ENOENT)`,
    "'cloudInit.password' leads nowhere: it names neither a variable nor a file",
  ]);
});

test("what others merely refer to is nothing by itself", () => {
  expect(() => makeDescribed({ kind: "Template", name: "debian-12", inputs: { vmid: 9000 } })).toThrow(
    "Nothing was made of the Template 'debian-12': other documents refer to it, and it is nothing by itself. Describe one of LabClass, OverlayVmPool, Pool [document.invalid]",
  );
});
