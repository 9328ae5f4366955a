import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { clustersFromEnvironment } from "../settings/clusters-from-environment.ts";
import { configuredClusters } from "../settings/configured-clusters.ts";
import { parseClusters } from "../settings/parse-clusters.ts";
import { resolveClusters } from "../settings/resolve-clusters.ts";
import { configError } from "./clusters.ts";
import { openClusters } from "./open-clusters.ts";

const endpoint = "https://pve1.example.org:8006";
const secret = "root@pam!t=00000000-planted";

describe("reading coppice:clusters", () => {
  test("takes an object or its JSON text", () => {
    const given = { main: { endpoint, token: { env: "TOKEN" } } };
    const expected = new Map([["main", { endpoint, token: { env: "TOKEN" }, bulk: false }]]);
    expect(parseClusters(given, { secret: false })).toEqual({ clusters: expected, problems: [] });
    expect(parseClusters(JSON.stringify(given), { secret: false })).toEqual({
      clusters: expected,
      problems: [],
    });
  });

  test.each([
    ["[]", "clusters", "must be a JSON object"],
    ["{", "clusters", "must be a JSON object"],
    [{ main: 1 }, "clusters.main", "is a number; write it like { endpoint"],
    [{ main: { token: { env: "T" } } }, "clusters.main.endpoint", "is missing"],
    [
      { main: { endpoint: "http://x", token: { env: "T" } } },
      "clusters.main.endpoint",
      'is "http://x", not the bare https address',
    ],
    [{ main: { endpoint } }, "clusters.main.token", "is missing"],
    [{ main: { endpoint, token: secret } }, "clusters.main.token", "is a literal"],
    [{ main: { endpoint, token: { env: "T", file: "f" } } }, "clusters.main.token", "names both"],
    [{ main: { endpoint, tokn: { env: "T" } } }, "clusters.main.tokn", "is not known; did you mean 'token'?"],
    [
      { main: { endpoint, token: { env: "T" }, fingerprnt: "AB" } },
      "clusters.main.fingerprnt",
      "did you mean 'fingerprint'?",
    ],
    [{ main: { endpoint, token: { env: "T" }, insecure: true } }, "clusters.main.insecure", "is not known"],
    [
      { main: { endpoint, token: { env: "T" }, ssh: { key: { file: "k" }, port: 0 } } },
      "clusters.main.ssh.port",
      "is 0, not a port",
    ],
    [{ main: { endpoint, token: { env: "T" }, ssh: {} } }, "clusters.main.ssh.key", "is missing"],
  ])("names the field: %j", (given, property, reason) => {
    const { problems, clusters } = parseClusters(given, { secret: false });
    expect(problems.map((problem) => problem.property)).toEqual([property]);
    expect(problems[0]?.reason).toContain(reason);
    expect(JSON.stringify(problems)).not.toContain("planted");
    expect(clusters.size).toBe(0);
  });

  test("repeats no secret, however it was written", () => {
    const tokens = [{ value: secret }, [secret], { env: 1, file: secret }];
    const given = Object.fromEntries(tokens.map((token, index) => [`c${index}`, { endpoint, token }]));
    const { problems } = parseClusters(given, { secret: false });
    expect(problems.length).toBeGreaterThanOrEqual(tokens.length);
    expect(configError(problems).message).not.toContain("planted");
  });

  test("takes a literal token out of a Pulumi secret", () => {
    const { clusters } = parseClusters({ main: { endpoint, token: secret } }, { secret: true });
    expect(clusters.get("main")?.token).toBe(secret);
  });
});

describe("the community's environment variables", () => {
  test("make the cluster main", () => {
    const variables = {
      PROXMOX_VE_ENDPOINT: endpoint,
      PROXMOX_VE_API_TOKEN: secret,
      PROXMOX_VE_FINGERPRINT: "AB",
      PROXMOX_VE_SSH_PRIVATE_KEY: "key",
      PROXMOX_VE_SSH_HOST_KEYS: "# of the lab\npve1 ssh-ed25519 AAAA\n",
      // Set and empty: as if it were not set.
      PROXMOX_VE_SSH_USERNAME: "",
      PROXMOX_VE_CA_FILE: "",
    };
    expect(clustersFromEnvironment(variables).clusters.get("main")).toEqual({
      endpoint,
      fingerprint: "AB",
      token: { env: "PROXMOX_VE_API_TOKEN" },
      bulk: false,
      ssh: {
        user: "root",
        port: 22,
        key: { env: "PROXMOX_VE_SSH_PRIVATE_KEY" },
        hostKeys: { pve1: "ssh-ed25519 AAAA" },
        nodes: {},
      },
    });
  });

  const whole = { PROXMOX_VE_ENDPOINT: endpoint, PROXMOX_VE_API_TOKEN: secret };
  const told = (more: Readonly<Record<string, string>>) =>
    configError(clustersFromEnvironment({ ...whole, ...more }).problems).message;

  test.each(["1", "true", "T"])(
    "refuse PROXMOX_VE_INSECURE=%s with the reason and the way out",
    (insecure) => {
      expect(told({ PROXMOX_VE_INSECURE: insecure })).toMatch(
        /PROXMOX_VE_INSECURE is refused: .* PROXMOX_VE_FINGERPRINT/,
      );
    },
  );

  test.each([
    [
      { PROXMOX_VE_ENDPOINT: "pve1" },
      'PROXMOX_VE_ENDPOINT is "pve1", not the bare https address of a node; write',
    ],
    [
      { PROXMOX_VE_ENDPOINT: "https://root:planted@pve1:8006" },
      'PROXMOX_VE_ENDPOINT is "https://…@pve1:8006", not the bare https address',
    ],
    [
      { PROXMOX_VE_CA_FILE: "ca.pem", PROXMOX_VE_FINGERPRINT: "AB" },
      "PROXMOX_VE_FINGERPRINT contradicts PROXMOX_VE_CA_FILE; give one of them",
    ],
    [{ PROXMOX_VE_API_TOKEN: " " }, "PROXMOX_VE_API_TOKEN is not set; put an API token into it"],
    [{ PROXMOX_VE_PASSWORD: "planted" }, "PROXMOX_VE_PASSWORD contradicts PROXMOX_VE_API_TOKEN; unset it"],
    [
      { PROXMOX_VE_SSH_HOST_KEYS: "pve1 ssh-ed25519 AAAA\nplanted" },
      "PROXMOX_VE_SSH_HOST_KEYS has no host key in line 2; write it like",
    ],
  ])("are judged as what is configured, each by its name and without a secret: %j", (more, says) => {
    expect(told(more)).toContain(says);
    expect(told(more)).not.toMatch(/planted|coppice:clusters/);
  });

  test("say nothing when there is no endpoint", () => {
    expect(clustersFromEnvironment({ PROXMOX_VE_INSECURE: "1" })).toEqual({
      clusters: new Map(),
      problems: [],
    });
  });
});

describe("which clusters there are", () => {
  const environment = { PROXMOX_VE_ENDPOINT: endpoint, PROXMOX_VE_API_TOKEN: secret };
  const other = "https://pve2.example.org:8006";

  test.each([undefined, null, {}, "{}", " {} "])("the environment's, when %j is configured", (given) => {
    const { clusters, problems } = configuredClusters(given, { secret: false, environment });
    expect([clusters.get("main")?.endpoint, problems]).toEqual([endpoint, []]);
  });

  test("the configured ones alone, when there are any", () => {
    const given = { lab: { endpoint: other, token: { env: "T" } } };
    const { clusters } = configuredClusters(given, { secret: false, environment });
    expect([...clusters.keys()]).toEqual(["lab"]);
  });

  test.each(["", "[]", '{ "main": 1 }'])(
    "none, when %j is wrong: a mistake is never passed over",
    (given) => {
      const { clusters, problems } = configuredClusters(given, { secret: false, environment });
      expect([clusters.size, problems.length]).toEqual([0, 1]);
    },
  );

  test("are opened with their secrets, and an unknown one names those that are", async () => {
    const asked: ClusterSettings[] = [];
    const connect = (settings: ClusterSettings) => {
      asked.push(settings);
      return Promise.reject(new Error("no server"));
    };
    const clusters = await openClusters("{}", { secret: false, environment, folder: "/", connect });
    await expect(clusters.get("lab")).rejects.toThrow('"lab" is not configured: configured are main');
    await expect(clusters.get("main")).rejects.toThrow("no server");
    expect(asked).toEqual([
      {
        name: "main",
        endpoint,
        token: secret,
        tokenFrom: "the environment variable PROXMOX_VE_API_TOKEN",
        bulk: false,
      },
    ]);
  });

  test("are refused when a secret leads nowhere, before anything is connected", async () => {
    const opening = openClusters(undefined, {
      secret: false,
      environment: { PROXMOX_VE_ENDPOINT: endpoint },
      folder: "/",
    });
    await expect(opening).rejects.toThrow("PROXMOX_VE_API_TOKEN is not set; put an API token into it");
  });
});

describe("resolving references", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "coppice-clusters-"));
    await writeFile(join(folder, "token"), `${secret}\n`);
    await writeFile(join(folder, "empty"), "\n");
  });
  afterAll(() => rm(folder, { recursive: true }));

  const resolveToken = (token: { env: string } | { file: string }) =>
    resolveClusters(
      { clusters: new Map([["main", { endpoint, token, bulk: false }]]), problems: [] },
      { environment: { TOKEN: secret }, folder },
    );

  test.each([{ env: "TOKEN" }, { file: "token" }])("reads %j", async (token) => {
    expect((await resolveToken(token)).clusters.get("main")?.token).toBe(secret);
  });

  test.each([
    [{ env: "NOWHERE" }, "the environment variable NOWHERE is not set"],
    [{ file: "nowhere" }, "cannot be read: it does not exist"],
    [{ file: "empty" }, "is empty"],
  ])("names the field when %j leads nowhere", async (token, reason) => {
    const { problems, clusters } = await resolveToken(token);
    expect(configError(problems).message).toContain("coppice:clusters.main.token");
    expect(problems[0]?.reason).toContain(reason);
    expect(problems[0]?.reason).toContain(`the cluster 'main' at ${endpoint}`);
    expect(clusters.size).toBe(0);
  });
});
