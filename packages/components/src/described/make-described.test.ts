import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labClassKind, mistakeSentence } from "@coppice/core";
import { Pool } from "@coppice/provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registrations } from "../fixtures/registrations.ts";
import { LabClass } from "../lab-class/lab-class.ts";
import { OverlayVmPool } from "../overlay-vm-pool/overlay-vm-pool.ts";
import { makeDescribed } from "./make-described.ts";
import { withSecrets } from "./with-secrets.ts";

const inputs = { template: { vmid: 9000 }, seats: 3, storage: "nas", vmids: { from: 20_000, to: 20_099 } };
const password = "planted-password-51c9";
const folder = mkdtempSync(join(tmpdir(), "coppice-described-"));
const places = { environment: { STUDENT_PASSWORD: password }, folder };

beforeAll(() => {
  writeFileSync(join(folder, "password"), `${password}\n`);
  writeFileSync(join(folder, "empty"), "\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["LabClass", inputs, (args: typeof inputs) => new LabClass("lab", args)],
  ["OverlayVmPool", inputs, (args: typeof inputs) => new OverlayVmPool("lab", args)],
  ["Pool", { poolid: "lab" }, () => new Pool("lab", { poolid: "lab" })],
] as const)("a %s is the one that a program would make", async (kind, said, make) => {
  const described = await registrations(makeDescribed({ kind, name: "lab", inputs: said }, places));
  expect(described).toEqual(await registrations(() => make(inputs)));
  expect(described.length).toBeGreaterThan(0);
});

test("what a run makes known of it is told by name", async () => {
  await registrations(() => {
    const outputsOf = (name: string, said: object) =>
      Object.keys(makeDescribed({ kind: "LabClass", name, inputs: said }, places)().outputs);
    expect(outputsOf("lab", { ...inputs, teacher: true })).toEqual(["seats", "teacher", "generation"]);
    expect(outputsOf("two", inputs)).toEqual(["seats", "generation"]);
  });
});

test("a secret is read from where its reference leads, and is one for the engine", async () => {
  for (const reference of [{ env: "STUDENT_PASSWORD" }, { file: "password" }]) {
    const said = { ...inputs, cloudInit: { user: "student", password: reference } };
    const described = await registrations(
      makeDescribed({ kind: "LabClass", name: "lab", inputs: said }, places),
    );
    const program = { ...inputs, cloudInit: { user: "student", password } };
    expect(described).toEqual(await registrations(() => new LabClass("lab", program)));
    expect(JSON.stringify(described)).not.toMatch(/STUDENT_PASSWORD|"file"/);
  }
});

test("references that lead nowhere are all told, each with its field", () => {
  const reasons = [
    { env: "NOT_SET" },
    { file: join(folder, "empty") },
    { file: join(folder, "none") },
    {},
  ].map((reference) => {
    const { mistakes } = withSecrets(
      labClassKind.fields,
      { ...inputs, cloudInit: { password: reference } },
      places,
    );
    return mistakes.map(mistakeSentence).join();
  });
  expect(reasons).toEqual([
    "'cloudInit.password' leads nowhere: the environment variable NOT_SET is not set",
    `'cloudInit.password' leads nowhere: the file ${join(folder, "empty")} is empty`,
    `'cloudInit.password' leads nowhere: the file ${join(folder, "none")} cannot be read (it does not exist)`,
    "'cloudInit.password' leads nowhere: it names neither a variable nor a file",
  ]);
});

test("what others merely refer to is nothing by itself", () => {
  expect(() =>
    makeDescribed({ kind: "Template", name: "debian-12", inputs: { vmid: 9000 } }, places),
  ).toThrow(
    "Nothing can be made of the Template 'debian-12': a kind of that name is made into nothing by itself. Describe one of LabClass, OverlayVmPool, TenantQuota, Pool [engine.description]",
  );
});

test("everything that is wrong with a document is refused at once, before anything is registered", () => {
  const wrong = { kind: "LabClass", name: "lab", inputs: { seats: "3" } };
  expect(() => makeDescribed(wrong, places)).toThrow(
    /^LabClass 'lab' has 4 mistakes:[^]*\[engine\.description\]$/,
  );
  const lost = { ...wrong, inputs: { ...inputs, cloudInit: { password: { env: "NOT_SET" } } } };
  expect(() => makeDescribed(lost, places)).toThrow(/NOT_SET is not set \[secret\.unavailable\]$/);
});
