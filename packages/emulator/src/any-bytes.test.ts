import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { SeededRandom } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "./start/start-emulator.ts";

/** Fixed, so that every run throws the same bytes and one that fails fails again. */
const seed = 20_26;
const streams = 250;
const longestAnswerMs = 10_000;

/** Something that looks a little like each protocol, for the mutations to start from. */
const samples = [
  "GET /api2/json/version HTTP/1.1\r\nHost: pve1\r\n\r\n",
  "POST /api2/json/access/ticket HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 32\r\n\r\nusername=root%40pam&password=x%zz",
  'POST /api2/extjs/nodes/pve1/qemu HTTP/1.1\r\nHost: x\r\nAuthorization: PVEAPIToken=a@b!c=d\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{"a":[]\r\n0\r\n\r\n',
  "POST /api2/json/nodes/pve1/storage/local/upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60\r\n\r\n--b\r\nContent-Disposition: form-data; name=content\r\n\r\niso\r\n--b--",
  "PUT /faults HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Length: 2\r\n\r\n{}",
  "SSH-2.0-OpenSSH_9.2\r\n\0\0\x01\x14\x07\x14aaaaaaaaaaaaaaaa\0\0\0\x01x",
  "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03abcdefgh",
  "",
];

function mutated(random: SeededRandom): Buffer {
  let bytes = Buffer.from(random.pick(samples), "latin1");
  for (let rounds = random.integer(0, 6); rounds > 0; rounds -= 1) {
    const at = random.integer(0, bytes.length);
    const junk = Buffer.from(random.bytes(random.integer(1, random.integer(0, 9) === 0 ? 20_000 : 12)));
    const cut = random.integer(0, 2) === 0 ? 0 : random.integer(0, Math.min(20, bytes.length - at));
    bytes = Buffer.concat([bytes.subarray(0, at), junk, bytes.subarray(at + cut)]);
  }
  return bytes;
}

/** Sends bytes in two pieces and the end, and waits until the other side closes; answers how it went. */
async function send(socket: Socket, bytes: Buffer, cut: number): Promise<"closed" | "hung"> {
  const closed = new Promise<"closed">((resolve) => socket.on("close", () => resolve("closed")));
  socket.on("error", () => undefined); // A reset is one way to close a connection.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(new Error("no answer")), longestAnswerMs);
  let hung = false;
  socket.on("error", (error) => (hung ||= error.message === "no answer"));
  socket.write(bytes.subarray(0, cut));
  socket.end(bytes.subarray(cut));
  await closed;
  clearTimeout(timer);
  return hung ? "hung" : "closed";
}

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
  let emulator: Emulator;
  const crashes: unknown[] = [];
  const note = (error: unknown) => crashes.push(error);
  beforeAll(async () => {
    process.on("uncaughtException", note);
    process.on("unhandledRejection", note);
    emulator = await startEmulator({ nodes: 1, seed: "bare", controlPort: 0 });
  });
  afterAll(async () => {
    await emulator.stop();
    process.off("uncaughtException", note);
    process.off("unhandledRejection", note);
  });

  const ports = {
    API: () => connect(Number(new URL(emulator.url).port), "127.0.0.1"),
    "API inside TLS": () =>
      connectTls({ port: Number(new URL(emulator.url).port), host: "127.0.0.1", ca: emulator.ca }),
    control: () => connect(Number(new URL(emulator.controlServer?.url ?? "").port), "127.0.0.1"),
    SSH: () => connect(emulator.ssh.get("pve1")?.port ?? 0, "127.0.0.1"),
  } as const;

  test.each(Object.entries(ports))(
    "on the port of %s end in an answer or a closed connection",
    async (name, open) => {
      const random = new SeededRandom(`${seed} ${name}`);
      // Each SSH connection costs a process.
      const count = name === "SSH" ? streams / 10 : streams;
      const outcomes: string[] = [];
      for (let done = 0; done < count; done += 10) {
        const batch = Array.from({ length: Math.min(10, count - done) }, () => {
          const bytes = mutated(random);
          return send(open(), bytes, random.integer(0, bytes.length));
        });
        outcomes.push(...(await Promise.all(batch)));
      }
      expect(outcomes.filter((outcome) => outcome !== "closed")).toEqual([]);
      expect(crashes).toEqual([]);
      expect(await emulator.control.check()).toEqual([]);
    },
  );

  test("in any place of a well-formed request of root's are answered, never with a mistake of ours", async () => {
    const random = new SeededRandom(seed);
    const token = `PVEAPIToken=${emulator.token.id}=${emulator.token.secret}`;
    for (let count = 0; count < streams; count += 1) {
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
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        sent.once("response", resolve);
        sent.once("error", reject);
      });
      sent.end(method === "POST" || method === "PUT" ? body : "");
      const response = await answered;
      const { statusCode, statusMessage } = response;
      response.resume();
      expect(statusCode).toBeGreaterThanOrEqual(200);
      expect(String(statusMessage)).not.toMatch(/undefined|TypeError|ENOENT|Cannot read|is not a function/);
    }
    expect(crashes).toEqual([]);
  });
});
