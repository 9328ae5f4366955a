import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CoppiceError, VirtualClock } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PveError } from "./errors/pve-error.ts";
import { containing } from "./fixtures/containing.ts";
import { type Answerer, startFakeServer } from "./fixtures/fake-server.ts";
import { list, nothing, number, shape, text } from "./parse/parser.ts";
import { PveClient, type PveClientSettings } from "./pve-client.ts";

const secret = "0f0f0f0f-1111-4222-8333-444444444444";
const token = { value: `tester@pve!unit=${secret}` };

async function withServer(answer: Answerer, settings: Partial<PveClientSettings> = {}) {
  const server = await startFakeServer(answer);
  const tls = { fingerprint: server.certificate.fingerprint };
  const client = new PveClient({ endpoint: server.endpoint, tls, credentials: { token }, ...settings });
  const close = async () => {
    await client.close();
    await server[Symbol.asyncDispose]();
  };
  return { server, client, [Symbol.asyncDispose]: close };
}

describe("a request", () => {
  test("carries the token, form-encoded parameters and no CSRF header", async () => {
    await using it = await withServer(() => ({ json: { data: "UPID" } }));
    const params = { vmid: 100, onboot: true, kvm: false, skipped: undefined, vms: [1, 2], name: "a b&c=ü" };
    await it.client.post("/nodes/{node}/qemu", { in: { node: "pve1" }, params, parse: text });
    const [seen] = it.server.seen;
    expect(seen).toMatchObject({
      method: "POST",
      path: "/nodes/pve1/qemu",
      body: "vmid=100&onboot=1&kvm=0&vms=1&vms=2&name=a+b%26c%3D%C3%BC",
    });
    expect(seen?.headers).toMatchObject({
      authorization: `PVEAPIToken=${token.value}`,
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(seen?.headers).not.toHaveProperty("csrfpreventiontoken");
    expect(seen?.headers).not.toHaveProperty("transfer-encoding");
  });

  test("puts the parameters of GET and DELETE into the query and sends no body", async () => {
    await using it = await withServer(() => ({ json: { data: null } }));
    await it.client.delete("/pools", { params: { poolid: "a/b" }, parse: nothing });
    expect(it.server.seen[0]).toMatchObject({ method: "DELETE", query: "poolid=a%2Fb", body: "" });
  });

  test("cannot be led to another path by a value", async () => {
    await using it = await withServer(() => ({ json: { data: null } }));
    await it.client.get("/nodes/{node}/status", { in: { node: "../access/users?x" }, parse: nothing });
    expect(it.server.seen[0]?.path).toBe("/nodes/..%2Faccess%2Fusers%3Fx/status");
    await expect(
      it.client.get("/nodes/{node}/status", { in: { node: ".." }, parse: nothing }),
    ).rejects.toMatchObject({ code: "pve.invalid-path" });
  });

  test("is answered by a typed error when the answer has another shape", async () => {
    await using it = await withServer(() => ({ json: { data: [{ vmid: "x" }] } }));
    const work = it.client.get("/cluster/resources", { parse: list(shape({ vmid: number })) });
    await expect(work).rejects.toMatchObject({
      code: "pve.bad-response",
      why: "[0].vmid is a string, expected a number",
    });
  });

  test("that reads is sent again when the connection broke, one that changes is not", async () => {
    await using it = await withServer(() => (it.server.seen.length < 3 ? "drop" : { json: { data: "8.4" } }));
    expect(await it.client.get("/version", { parse: text })).toBe("8.4");
    expect(it.server.seen).toHaveLength(3);
    it.server.seen.length = 0;
    await expect(it.client.post("/nodes", { parse: nothing })).rejects.toMatchObject({
      code: "pve.connection",
    });
    expect(it.server.seen).toHaveLength(1);
  });

  test("stops when its signal aborts, and when its time is over", async () => {
    const controller = new AbortController();
    const never = () => {
      controller.abort();
      return new Promise<never>(() => undefined);
    };
    await using it = await withServer(never, { limits: { requestTimeout: 200 } });
    await expect(it.client.put("/x", { parse: nothing, signal: controller.signal })).rejects.toMatchObject({
      code: "pve.aborted",
    });
    await expect(it.client.put("/x", { parse: nothing })).rejects.toMatchObject({ code: "pve.timeout" });
  });

  test("shows neither the token nor a secret parameter in any error, even if the server repeats them", async () => {
    const message = `bad value '${secret}' and 'hunter2hunter2' in ${token.value}\n`;
    await using it = await withServer(() => ({
      status: 400,
      reason: "Parameter verification failed.",
      json: { data: null, message, errors: { password: message } },
    }));
    const error = await it.client
      .post("/access/users", { params: { password: "hunter2hunter2" }, parse: nothing })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "pve.bad-parameter" });
    const everything = PveError.is(error)
      ? JSON.stringify([error.message, error.details, error.errors, error.stack])
      : "";
    expect(everything).toContain("POST /access/users");
    expect(everything).not.toMatch(/hunter2|0f0f0f0f/);
  });
});

describe("a token", () => {
  const refusing: Answerer = () => ({ status: 401, reason: "Authentication failed!" });
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "coppice-token-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("that is refused is told with the cluster, its address and where the token was read, and no secret", async () => {
    const file = join(folder, "token");
    await writeFile(file, token.value);
    await using it = await withServer(refusing, { name: "main", credentials: { token: { file } } });
    const error = await it.client.get("/x", { parse: nothing }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "pve.unauthorized",
      what: `The API token tester@pve!unit from the file ${file} is refused by the cluster 'main' at ${it.server.endpoint}`,
      why: "Authentication failed! (status 401)",
      details: { method: "GET", path: "/x" },
    });
    expect(String(error)).not.toContain(secret);
  });

  test("that is malformed is told likewise, and is not shown", async () => {
    const credentials = { token: { value: `unit=${secret}`, from: "the environment variable UNIT" } };
    await using it = await withServer(refusing, { name: "main", credentials });
    const error = await it.client.get("/x", { parse: nothing }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "pve.settings",
      what: `The API token from the environment variable UNIT for the cluster 'main' at ${it.server.endpoint} is malformed`,
    });
    expect(String(error)).not.toContain(secret);
  });
});

describe("a login ticket", () => {
  const login = { username: "root@pam", password: { value: "long password" } };
  const ticketServer: Answerer = ({ path, body }) => {
    if (path !== "/access/ticket") return { json: { data: null } };
    const password = new URLSearchParams(body).get("password") ?? "";
    return {
      json: { data: { ticket: `PVE:after:${password.slice(0, 20)}`, CSRFPreventionToken: "csrf-token" } },
    };
  };

  test("is fetched once for many requests, and only changes carry the CSRF token", async () => {
    await using it = await withServer(ticketServer, { credentials: login });
    await Promise.all([
      it.client.get("/a", { parse: nothing }),
      it.client.put("/b", { parse: nothing }),
      it.client.get("/c", { parse: nothing }),
    ]);
    const by = (path: string) => it.server.seen.filter((request) => request.path === path);
    expect(by("/access/ticket")).toHaveLength(1);
    expect(by("/a")[0]?.headers).not.toHaveProperty("csrfpreventiontoken");
    expect(by("/b")[0]?.headers).toMatchObject({
      csrfpreventiontoken: "csrf-token",
      cookie: "PVEAuthCookie=PVE%3Aafter%3Along%20password",
    });
  });

  test("is renewed with itself before it dies, and by password after", async () => {
    const clock = new VirtualClock();
    await using it = await withServer(ticketServer, { credentials: login, clock });
    const passwords = () =>
      it.server.seen
        .filter(({ path }) => path === "/access/ticket")
        .map(({ body }) => new URLSearchParams(body).get("password"));
    await it.client.get("/a", { parse: nothing });
    await clock.advance(89 * 60_000);
    await it.client.get("/a", { parse: nothing });
    expect(passwords()).toEqual(["long password"]);
    await clock.advance(2 * 60_000);
    await it.client.get("/a", { parse: nothing });
    await clock.advance(3 * 3_600_000);
    await it.client.get("/a", { parse: nothing });
    expect(passwords()).toEqual(["long password", "PVE:after:long password", "long password"]);
  });

  test("that is refused is fetched anew, once", async () => {
    let refusals = 1;
    await using it = await withServer(
      (request) => {
        if (request.path === "/access/ticket" || refusals === 0) return ticketServer(request);
        refusals -= 1;
        return { status: 401, reason: "Authentication failed!" };
      },
      { credentials: login },
    );
    await it.client.put("/x", { parse: nothing });
    refusals = 2;
    await expect(it.client.put("/x", { parse: nothing })).rejects.toMatchObject({ code: "pve.unauthorized" });
  });

  test("with a second factor says that a token is needed", async () => {
    await using it = await withServer(() => ({ json: { data: { NeedTFA: 1, ticket: "PVE:!tfa!" } } }), {
      credentials: login,
    });
    await expect(it.client.get("/x", { parse: nothing })).rejects.toMatchObject({
      code: "pve.unauthorized",
      wayOut: containing("token"),
    });
  });
});

describe("settings", () => {
  const settings = { endpoint: "pve1", credentials: { token } };

  test.each(["http://pve1", "https://user:hunter2@pve1", "not a url", ""])(
    "refuse the endpoint %j without repeating it",
    (endpoint) => {
      const make = () => new PveClient({ ...settings, endpoint });
      expect(make).toThrow(CoppiceError);
      expect(make).not.toThrow("hunter2");
    },
  );

  test.each([0, 7, 2.5])("refuse %d task starts per node", (taskStartsPerNode) => {
    expect(() => new PveClient({ ...settings, limits: { taskStartsPerNode } })).toThrow("Choose 1 to 6");
  });

  test("a token is looked up when it is used, so a missing one names its place", async () => {
    const client = new PveClient({
      endpoint: "127.0.0.1:1",
      credentials: { token: { env: "COPPICE_TEST_NO_SUCH_TOKEN" } },
    });
    const work = client.get("/version", { parse: nothing });
    await expect(work).rejects.toMatchObject({
      code: "secret.unavailable",
      message: containing("COPPICE_TEST_NO_SUCH_TOKEN"),
    });
  });
});
