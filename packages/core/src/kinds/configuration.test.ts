import { expect, test } from "vitest";
import { findMistakes } from "../description/find-mistakes.ts";
import { mistakeSentence } from "../description/mistake.ts";
import { configuration } from "./configuration.ts";
import { findLiteralCredentials } from "./rules/cluster-rules.ts";

const right = { endpoint: "https://pve1.example.org:8006", token: { env: "PVE_TOKEN" } };
const sentences = (more: object) =>
  findMistakes(configuration, { clusters: { main: { ...right, ...more } } }).map(mistakeSentence);

test.each([
  ["nothing but what must be there", {}],
  ["a token out of a secret configuration", { token: "root@pam!x=secret" }],
  [
    "SSH",
    {
      caFile: "ca.pem",
      ssh: {
        key: { file: "key" },
        hostKeys: { pve1: "SHA256:x" },
        nodes: { pve1: { host: "10.0.0.11", port: 2222 } },
      },
    },
  ],
])("a cluster with %s is right", (_, more) => {
  expect(sentences(more)).toEqual([]);
});

test.each([
  [
    { endpoint: "pve1" },
    `'clusters.main.endpoint' is "pve1", not the bare https address of a node; write it like "https://pve1.example.org:8006"`,
  ],
  [
    { endpoint: "http://root:hunter2@pve1" },
    `'clusters.main.endpoint' is "http://…@pve1", not the bare https address of a node; write it like "https://pve1.example.org:8006"`,
  ],
  [
    { endpoint: "root:hun/ter2@pve1:8006" },
    `'clusters.main.endpoint' is "…@pve1:8006", not the bare https address of a node; write it like "https://pve1.example.org:8006"`,
  ],
  [
    { endpoint: "https://root:hunter2@pve1:8006" },
    `'clusters.main.endpoint' is "https://…@pve1:8006", not the bare https address of a node; write it like "https://pve1.example.org:8006"`,
  ],
  [
    { token: { env: "root@pam!x=hunter2" } },
    `'clusters.main.token.env' is a text that is not shown, not the name of a variable; name one, like "PVE_TOKEN"`,
  ],
  [
    { caFile: "ca.pem", fingerprint: "AB" },
    "'clusters.main.fingerprint' contradicts 'caFile'; give one of them",
  ],
  [{ token: undefined }, `'clusters.main.token' is missing; write it like { env: "PVE_TOKEN" }`],
  [
    { token: {} },
    `'clusters.main.token' names neither a variable nor a file; give { env: "NAME" } or { file: "path" }`,
  ],
  [
    { token: { env: "A", file: "b" } },
    `'clusters.main.token' names both a variable and a file; give { env: "NAME" } or { file: "path" }`,
  ],
  [{ token: { enviroment: "A" } }, `'clusters.main.token.enviroment' is not known; did you mean 'env'?`],
  [{ ssh: { port: 22 } }, `'clusters.main.ssh.key' is missing; write it like { file: "coppice-key" }`],
  [
    { ssh: { key: { file: "key" }, port: 70_000 } },
    "'clusters.main.ssh.port' is 70000, not a port; choose 1 to 65535",
  ],
  [
    { insecure: true },
    "'clusters.main.insecure' is not known; known are endpoint, caFile, fingerprint, token, ssh, bulk",
  ],
])("a cluster is refused with its name: %j", (more, sentence) => {
  expect(sentences(more)).toEqual([sentence]);
});

test("a literal credential is found, and not repeated", () => {
  const literal = {
    ...right,
    bulk: false,
    token: "root@pam!x=secret",
    ssh: { user: "root", port: 22, key: "-----BEGIN" },
  };
  const found = findLiteralCredentials(literal).map(mistakeSentence);
  expect(found).toEqual([
    expect.stringMatching(/^'token' is a literal, readable in the stack's files; give /),
    expect.stringMatching(/^'ssh.key' is a literal/),
  ]);
  expect(found.join()).not.toMatch(/secret=|BEGIN/);
  expect(findLiteralCredentials({ ...right, bulk: false })).toEqual([]);
});
