import { request as plainRequest } from "node:http";
import { request } from "node:https";
import { connect } from "node:net";
import { connect as tlsConnect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../start/start-emulator.ts";

let pve: Emulator;

beforeAll(async () => {
  pve = await startEmulator({ nodes: 2, seed: "bare" });
});
afterAll(async () => {
  await pve.stop();
});

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function ask(
  method: string,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly body?: string; readonly node?: string } = {},
): Promise<Answer> {
  const { port } = new URL(pve.urls.get(options.node ?? "pve1") ?? "");
  const authorization = `PVEAPIToken=${pve.token.id}=${pve.token.secret}`;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, ca: pve.ca, method, path, headers: { authorization, ...options.headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const { statusCode = 0, statusMessage = "", headers } = response;
          resolve({
            status: statusCode,
            reason: statusMessage,
            headers,
            body: Buffer.concat(chunks).toString("utf8"),
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(options.body);
  });
}

describe("the wire", () => {
  test("a certificate of our own authority verifies, and only HTTP/1.1 is offered", async () => {
    const { port } = new URL(pve.url);
    const protocol = await new Promise((resolve, reject) => {
      const socket = tlsConnect(
        { host: "127.0.0.1", port: Number(port), ca: pve.ca, ALPNProtocols: ["h2", "http/1.1"] },
        () => {
          resolve(socket.authorized ? socket.alpnProtocol : "not authorized");
          socket.destroy();
        },
      );
      socket.on("error", reject);
    });
    expect(protocol).toBe("http/1.1");
  });

  test("success has the byte-exact content type and keeps the connection", async () => {
    const answer = await ask("GET", "/api2/json/version");
    expect(answer).toMatchObject({ status: 200, reason: "OK" });
    expect(answer.headers["content-type"]).toBe("application/json;charset=UTF-8");
    expect(answer.headers["connection"]).toBe("Keep-Alive");
  });

  test("a refusal has its first line as reason phrase, its text in the body, and closes the connection", async () => {
    const answer = await ask("GET", "/api2/json/pools/nosuch");
    expect(answer).toMatchObject({ status: 500, reason: "pool 'nosuch' does not exist" });
    expect(answer.headers["connection"]).toBe("close");
    expect(JSON.parse(answer.body)).toEqual({ data: null, message: "pool 'nosuch' does not exist\n" });
  });

  test("bad credentials get 401 without a body or a content type", async () => {
    const answer = await ask("GET", "/api2/json/version", {
      headers: { authorization: "PVEAPIToken=root@pam!x=y" },
    });
    expect(answer).toMatchObject({ status: 401, reason: "Authentication failed!", body: "" });
    expect(answer.headers["content-type"]).toBeUndefined();
  });

  test.each([
    [
      "chunked bodies",
      "POST",
      { "transfer-encoding": "chunked" },
      "a=1",
      501,
      "chunked transfer encoding not supported",
    ],
    [
      "a body on DELETE",
      "DELETE",
      { "content-length": "3" },
      "a=1",
      501,
      "Unexpected content for method 'DELETE'",
    ],
    [
      "text bodies",
      "POST",
      { "content-type": "text/plain" },
      "a",
      506,
      "upload 'Content-Type 'text/plain' not implemented",
    ],
    ["large bodies", "POST", {}, "a".repeat(600_000), 501, "for data too large"],
    ["odd methods", "PATCH", {}, "", 501, "method 'PATCH' not available"],
  ])("%s are refused", async (_, method, headers, body, status, reason) => {
    expect(await ask(method, "/api2/json/pools", { headers, body })).toMatchObject({ status, reason });
  });

  test("a request for another node is answered by that node, for a stopped one it is 595", async () => {
    expect(await ask("GET", "/api2/json/nodes/pve2/time")).toMatchObject({ status: 200 });
    pve.cluster.node("pve2").online = false;
    expect(await ask("GET", "/api2/json/nodes/pve2/time")).toMatchObject({
      status: 595,
      reason: "Connection refused",
      body: "",
    });
    pve.cluster.node("pve2").online = true;
  });

  test("a path parameter that the body contradicts is refused", async () => {
    const answer = await ask("PUT", "/api2/json/pools/a", { body: "poolid=b" });
    expect(answer).toMatchObject({ status: 400, reason: "Parameter verification failed." });
  });

  test("plain HTTP on the TLS port is sent to https", async () => {
    const { port } = new URL(pve.url);
    const answer = await new Promise<{ status: number | undefined; location: string | undefined }>(
      (resolve, reject) => {
        const sent = plainRequest({ host: "127.0.0.1", port, path: "/x" }, (response) => {
          response.resume();
          resolve({ status: response.statusCode, location: response.headers.location });
        });
        sent.on("error", reject);
        sent.end();
      },
    );
    expect(answer).toEqual({ status: 301, location: `https://127.0.0.1:${port}/x` });
  });

  test("bytes that are neither TLS nor HTTP end the connection and nothing else", async () => {
    const { port } = new URL(pve.url);
    for (const bytes of [Buffer.from([0x16, 0xff, 0x00]), Buffer.from("\0\0\0\r\n\r\n")]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => socket.end(bytes));
        socket.on("error", () => undefined);
        socket.on("close", () => resolve());
        socket.resume();
      });
    }
    expect(await ask("GET", "/api2/json/version")).toMatchObject({ status: 200 });
  });
});
