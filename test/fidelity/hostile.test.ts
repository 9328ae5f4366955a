import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { SeededRandom } from "@coppice/core";
import { startEmulator } from "@coppice/emulator";
import { describe, expect, test } from "vitest";
import { runAssaults } from "./hostile/run-assaults.ts";

/** Fixed, so that every run throws the same bytes and one that fails fails again. */
const seed = "2026";
const requests = 250;
/** `npm run conformance` takes a minute a port. */
const shortMs = 600;

const paths = [
  "/nodes/pve1/qemu",
  "/nodes/pve1/qemu/100/config",
  "/pools",
  "/storage",
  "/access/users",
  "/cluster/resources",
  "/nodes/pve1/storage/local/content",
];
const values = [
  "",
  "0",
  "-1",
  "1e309",
  "\0",
  "../../etc/passwd",
  "a,b;c d",
  "x".repeat(5000),
  "local:iso/../x",
  "[]",
  "{}",
  "%",
  "ü",
  "NaN",
];
const names = [
  "vmid",
  "scsi0",
  "net0",
  "poolid",
  "storage",
  "type",
  "userid",
  "content",
  "delete",
  "description",
  "memory",
  "sshkeys",
  "__proto__",
  "constructor",
];

describe("any bytes on any port", () => {
  test("end in an answer or a closed connection, and the emulator goes on", async () => {
    const said: string[] = [];
    expect(await runAssaults({ pve: "9.2", seed, ms: shortMs }, (line) => said.push(line))).toEqual([]);
    expect(said).toHaveLength(6);
  });

  test("in any place of a well-formed request of root's are answered, never with a mistake of ours", async () => {
    const crashes: unknown[] = [];
    const note = (error: unknown) => crashes.push(error);
    process.on("uncaughtException", note);
    process.on("unhandledRejection", note);
    const emulator = await startEmulator({ nodes: 1, seed: "bare" });
    const random = new SeededRandom(seed);
    const token = `PVEAPIToken=${emulator.token.id}=${emulator.token.secret}`;
    for (let count = 0; count < requests; count += 1) {
      const pairs = Array.from({ length: random.integer(0, 4) }, (): [string, string] => [
        random.pick(names),
        random.pick(values),
      ]);
      const method = random.pick(["GET", "POST", "PUT", "DELETE", "PATCH"]);
      const body =
        random.integer(0, 1) === 0
          ? JSON.stringify(Object.fromEntries(pairs))
          : new URLSearchParams(pairs).toString();
      const sent = request(`${emulator.url}/api2/json${random.pick(paths)}`, {
        method,
        ca: emulator.ca,
        headers: {
          authorization: token,
          "content-type": body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded",
        },
      });
      sent.end(method === "POST" || method === "PUT" ? body : "");
      // as: "response" comes with the answer.
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      const { statusCode, statusMessage } = response;
      response.resume();
      expect(statusCode).toBeGreaterThanOrEqual(200);
      expect(String(statusMessage)).not.toMatch(/undefined|TypeError|ENOENT|Cannot read|is not a function/);
    }
    await emulator.stop();
    process.off("uncaughtException", note);
    process.off("unhandledRejection", note);
    expect(crashes).toEqual([]);
  });
});
