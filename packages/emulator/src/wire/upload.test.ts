import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../start/start-emulator.ts";

let pve: Emulator;
const crashes: unknown[] = [];
const note = (error: unknown) => crashes.push(error);

beforeAll(async () => {
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
  pve = await startEmulator({ nodes: 1, seed: "bare" });
});
afterAll(async () => {
  await pve.stop();
  process.off("uncaughtException", note);
  process.off("unhandledRejection", note);
});

const path = "/api2/json/nodes/pve1/storage/local/upload";

function part(head: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
}

const content = part('name="content"', "iso");
const file = part('name="filename"; filename="x.iso"', "bytes\r\nof an image");

interface Sending {
  readonly query?: string;
  readonly type?: string;
  /** What Content-Length says; the body's own length when left out. */
  readonly length?: number;
  /** What is done when all is sent. */
  readonly ending?: "wait" | "end" | "break";
}

function open(): TLSSocket {
  const socket = connect({ port: Number(new URL(pve.url).port), host: "127.0.0.1", ca: pve.ca });
  socket.on("error", () => undefined); // A connection that breaks is one of the answers.
  return socket;
}

/** Sends an upload; answers the status line and the body, or nothing when the connection closed without an answer. */
async function upload(body: string, sending: Sending = {}): Promise<string> {
  const socket = open();
  const told: Buffer[] = [];
  socket.on("data", (piece: Buffer) => told.push(piece));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const { query = "", type = "multipart/form-data; boundary=b", length = Buffer.byteLength(body) } = sending;
  const token = `PVEAPIToken=${pve.token.id}=${pve.token.secret}`;
  const head = `POST ${path}${query} HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\n`;
  socket.write(`${head}Content-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`, () => {
    if (sending.ending === "end") socket.end();
    if (sending.ending === "break") socket.destroy();
  });
  await closed;
  const [top = "", rest = ""] = Buffer.concat(told).toString("utf8").split("\r\n\r\n", 2);
  return top === "" ? "" : `${top.split("\r\n", 1)[0]?.slice("HTTP/1.1 ".length)} | ${rest.trim()}`;
}

function left(): string[] {
  const folder = join(pve.cluster.data, "uploads");
  return readdirSync(folder).filter((name) => !name.endsWith(".held"));
}

describe("an upload", () => {
  test("is stored byte by byte, without the line end before the last boundary, and its connection closes", async () => {
    expect(await upload(`${content}${file}--b--\r\n`)).toMatch(/^200 OK \| \{"data":"UPID:pve1:.*imgcopy/);
    for (const task of pve.cluster.tasks.running()) await task.done;
    const stored = join(pve.cluster.node("pve1").root, "var/lib/vz/template/iso/x.iso");
    expect(readFileSync(stored, "utf8")).toBe("bytes\r\nof an image");
  });

  const died = (what: string, line: number) =>
    `${what} at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line ${line}.`;
  const failed = `500 ${died("upload failed", 1370)} | ${died("upload failed", 1370)}`;
  const wrongName = died("wrong field name 'file' for file upload, expected 'filename'", 1325);
  const attached = "wrong Content-Disposition 'attachment' in multipart, expected 'form-data'";
  test.each<[string, string, Sending, string | RegExp]>([
    ["a body whose last boundary is missing", `${content}${file}`, {}, failed],
    [
      "a body with another boundary",
      `${content}${file}--b--`,
      { type: "multipart/form-data; boundary=c" },
      failed,
    ],
    [
      "a boundary in quotes, which are part of it",
      `${content}${file}--b--`,
      { type: 'multipart/form-data; boundary="b"' },
      failed,
    ],
    ["a file without a name", `${content}${part('name="filename"; filename=""', "x")}--b--`, {}, failed],
    ["an unknown field before the file", `${content}${part('name="x"', "y")}${file}--b--`, {}, failed],
    [
      "a file under another name",
      `${content}${part('name="file"; filename="a.iso"', "x")}--b--`,
      {},
      `500 ${wrongName} | ${wrongName}`,
    ],
    [
      "another disposition",
      `${content}${file}--b--`.replaceAll("form-data;", "attachment;"),
      {},
      `500 ${attached} | ${attached}`,
    ],
    [
      "no content, for it comes after the file",
      `${file}${content}--b--`,
      {},
      /^400 Parameter verification failed\./,
    ],
    ["an endless head", `${content}--b\r\nX: ${"x".repeat(600_000)}`, { length: 10_000_000 }, ""],
    ["an endless preamble", "x".repeat(600_000), { length: 10_000_000 }, ""],
    [
      "an endless field",
      `--b\r\nContent-Disposition: form-data; name="content"\r\n\r\n${"x".repeat(600_000)}`,
      { length: 10_000_000 },
      "",
    ],
    ["a body that is no form", "x", { type: "text/plain" }, ""],
    ["no boundary", `${content}${file}--b--`, { type: "multipart/form-data" }, ""],
    [
      "a file of the server named by the client",
      `${content}${file}--b--`,
      { query: "?tmpfilename=/var/tmp/pveupload-1" },
      "",
    ],
    ["half a body, then the end", `${content}${file}`, { length: 100_000, ending: "end" }, ""],
    ["half a body, then a break", `${content}${file}`, { length: 100_000, ending: "break" }, ""],
    ["half a head, then a break", `${content}--b\r\nContent-Dis`, { length: 100_000, ending: "break" }, ""],
  ])("with %s is answered as pveproxy does, and leaves nothing", async (_, body, sending, wanted) => {
    const told = await upload(body, sending);
    if (typeof wanted === "string") expect(told).toBe(wanted);
    else expect(told).toMatch(wanted);
    await expect.poll(left).toEqual([]);
    expect(crashes).toEqual([]);
  });
});
