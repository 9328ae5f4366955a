import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EngineEvent } from "../events/engine-event.ts";
import { leaseLost } from "../lease/lease-lost.ts";
import { Run } from "./run.ts";
import type { EngineParts } from "./run-parts.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-run-"));
  for (const each of ["runs", "salts"]) await mkdir(join(folder, each));
});
afterEach(() => rm(folder, { recursive: true }));

const order = {
  verb: "up",
  project: "coppice-tenant",
  stack: "main",
  documents: [],
  clusters: {},
  credentials: {},
  message: "",
  who: "ada",
} as const;

const script = `#!/bin/sh
trap 'echo heard >&2' INT
while [ "$1" != --event-log ]; do shift; done
echo '{"diagnosticEvent":{"severity":"info","message":"at work"}}' >> "$2"
while :; do sleep 0.1; done
`;

/** An engine that says when it is at work, hears an interrupt and goes on with what it has in hand. */
async function busyEngine(): Promise<EngineParts> {
  return await engineOf(script);
}

async function engineOf(text: string): Promise<EngineParts> {
  const pulumi = join(folder, "pulumi");
  await writeFile(pulumi, text);
  await chmod(pulumi, 0o755);
  return {
    home: { folder, backend: `file://${folder}/state`, variables: {} },
    pulumi,
    environment: process.env,
    server: { port: 1, serve: () => undefined, stop: () => undefined },
    plugin: {
      port: 2,
      surround: () => undefined,
      cancel: () => undefined,
      end: () => Promise.resolve(),
      warm: () => Promise.resolve(),
      stop: () => undefined,
    },
    warm: () => Promise.resolve(),
  };
}

/** Runs it, and stops it when it is at work. */
async function stopped(parts: EngineParts, reason?: Error) {
  const stop = new AbortController();
  const begun = performance.now();
  const talk = { tell: () => stop.abort(reason), signal: stop.signal };
  const { result, failures } = await new Run(parts, order, talk).outcome();
  return { told: [result, failures.map(({ code }) => code)], ms: performance.now() - begun };
}

test("an engine whose stack somebody else may have by now is ended at once, whatever it has in hand", async () => {
  const { told } = await stopped(await busyEngine(), leaseLost("somebody else took it"));
  expect(told).toEqual(["cancelled", ["engine.ended"]]);
}, 10_000);

test("an engine that is called off has its time, and is ended after it", async () => {
  const { told, ms } = await stopped({ ...(await busyEngine()), patience: 1000 });
  expect(told).toEqual(["cancelled", ["engine.ended"]]);
  expect(ms).toBeGreaterThan(900);
}, 10_000);

const UNREACHED = "failed to discover package requirements: connection error: reading server preface";

test.each([
  [UNREACHED, 2, "succeeded", 3],
  [UNREACHED, 9, "failed", 4],
  ["something else", 9, "failed", 1],
])(
  "an engine that fails by '%s' %i times ends %s after %i starts",
  async (words, failures, ended, starts) => {
    const started = join(folder, "started");
    const parts = await engineOf(`#!/bin/sh
echo >> '${started}'
[ $(wc -l < '${started}') -gt ${failures} ] && exit 0
echo 'error: ${words}' >&2
exit 1
`);
    const talk = { tell: () => undefined, signal: new AbortController().signal };
    const { result } = await new Run(parts, { ...order, verb: "preview" }, talk).outcome();
    expect([result, (await readFile(started, "utf8")).length]).toEqual([ended, starts]);
  },
);

test("what the engine repeats of credentials is shown nowhere, whether they came by variables or by files", async () => {
  for (const name of ["token", "password"]) await writeFile(join(folder, name), `${name}-of-a-file\n`);
  const parts = await engineOf(`#!/bin/sh
while [ "$1" != --event-log ]; do shift; done
words="token-of-a-file password-of-a-file value-of-a-variable"
echo '{"diagnosticEvent":{"severity":"info","message":"'"$words"'"}}' >> "$2"
echo "error: $words" >&2
exit 1
`);
  const told: EngineEvent[] = [];
  const talk = { tell: (event: EngineEvent) => told.push(event), signal: new AbortController().signal };
  const { failures } = await new Run(
    parts,
    {
      ...order,
      clusters: { main: { endpoint: "https://pve1", token: { file: "token" } } },
      documents: [
        {
          kind: "LabClass",
          name: "a",
          inputs: { cloudInit: { password: { file: join(folder, "password") } } },
        },
      ],
      credentials: { SECRET: "value-of-a-variable" },
    },
    talk,
  ).outcome();
  expect(failures).toMatchObject([{ message: "[secret] [secret] [secret] [engine.failed]" }]);
  expect(told).toMatchObject([
    { text: "[secret] [secret] [secret]" },
    { text: "[secret] [secret] [secret] [engine.failed]" },
  ]);
});
