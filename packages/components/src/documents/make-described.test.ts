import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { registrations } from "../fixtures/registrations.ts";
import { makeDescribed } from "./make-described.ts";

const folder = mkdtempSync(join(tmpdir(), "coppice-documents-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "password"), "from-file\n");

/** How a secret travels: sdk/go/common/resource/sig/sig.go. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const places = { environment: { LAB_PASSWORD: "from-variable" }, folder };
const inputs = { template: { vmid: 9000 }, seats: 2, storage: "nas", vmids: { from: 20000, to: 20099 } };
const lab = (password: unknown) => ({
  kind: "LabClass",
  name: "lab",
  inputs: { ...inputs, cloudInit: { user: "student", password } },
});

test.each([
  ["a variable", { env: "LAB_PASSWORD" }, "from-variable"],
  ["a file", { file: "password" }, "from-file"],
])("a reference to %s becomes a secret, and nothing of it stays behind", async (_, reference, value) => {
  const registered = await registrations(makeDescribed(lab(reference), places));
  const { class: ofClass, pool } = Object.fromEntries(
    registered.map((each) => [
      each.type === "coppice:index:LabClass" ? "class" : "pool",
      each.inputs["cloudInit"],
    ]),
  );
  const secret = { [SIGNATURE]: SECRET, value: { password: value, user: "student" } };
  expect([ofClass, pool]).toEqual([secret, secret]);
  expect(JSON.stringify(registered)).not.toMatch(/LAB_PASSWORD|"file"/);
});

test.each([
  ["a variable that is not set", { env: "NO_SUCH" }, "environment variable NO_SUCH is not set"],
  ["a file that is not there", { file: "none" }, "none cannot be read"],
])("a reference to %s is refused before anything is registered", (_, reference, why) => {
  const make = () => makeDescribed(lab(reference), places);
  expect(make).toThrow(why);
  expect(make).toThrow("[secret.unavailable]");
});

test("all mistakes of a document are refused at once, and a kind that nobody knows", () => {
  const wrong = { kind: "LabClass", name: "lab", inputs: { seats: "3" } };
  expect(() => makeDescribed(wrong, places)).toThrow(/has 4 mistakes:[^]*\[engine\.description\]/);
  expect(() => makeDescribed({ ...wrong, kind: "Lab" }, places)).toThrow(
    "there are LabClass, OverlayVmPool, Pool",
  );
});

test("a pool of the cluster can be described too", async () => {
  const pool = { kind: "Pool", name: "lab", inputs: { poolid: "lab" } };
  const [made] = await registrations(makeDescribed(pool, places));
  expect(made).toMatchObject({ type: "coppice:index:Pool", inputs: { poolid: "lab" } });
});
