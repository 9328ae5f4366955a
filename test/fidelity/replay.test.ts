import { readFileSync } from "node:fs";
import { nothing, PveClient, PveError, type PveMethod, waitForTask } from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { objectOf, type Recorded, readRecordings } from "./recordings.ts";
import { startReplayServer } from "./replay-server.ts";

/** Which code each recorded sentence must get, by `<status> <sentence>` or `task <sentence>`, numbers as #. */
const expectedCodes = readTable("replay-codes.json");

const genericCodes = new Set(["pve.failed", "pve.task-failed"]);

/** Sentences that stay generic, and why: no caller could do anything more specific about them. */
const genericBecause = readTable("replay-generic.json");

describe.each(["8.4", "9.2"] as const)("recorded errors of Proxmox VE %s", (version) => {
  const recorded = readRecordings(version);

  test("every error answer becomes its typed error, naming method, path and reason", async () => {
    const errors = recorded.filter((exchange) => exchange.status >= 400 && canSend(exchange));
    expect(errors.length).toBeGreaterThan(150);
    const wrong = await replayAll(errors, async (client, exchange) => {
      const path = exchange.path.replace("/api2/json", "").split("?")[0] ?? "";
      // as: the recorder sent nothing but the four methods of PveMethod.
      const error = await caught(client.call({ method: exchange.method as PveMethod, path, parse: nothing }));
      return problemOf(error, exchange.status, sentenceOf(exchange), { method: exchange.method, path });
    });
    expect(wrong).toEqual([]);
  });

  test("every failed task becomes its typed error with UPID, exit status and the end of its log", async () => {
    const tasks = recorded.filter((exchange) => isBadExit(exitStatusOf(exchange)));
    expect(tasks.length).toBeGreaterThan(10);
    const wrong = await replayAll(tasks, async (client, exchange, server) => {
      server.arm(exchange, ...logOf(recorded, exchange));
      const data = objectOf(objectOf(exchange.json)["data"]);
      const error = await caught(waitForTask(client, String(data["upid"])));
      return problemOf(error, "task", exitStatusOf(exchange) ?? "", {
        upid: String(data["upid"]),
        node: String(data["node"]),
      });
    });
    expect(wrong).toEqual([]);
  });

  test("every good end of a recorded task is a good end", async () => {
    const tasks = recorded.filter((exchange) => exitStatusOf(exchange) === "OK").slice(0, 50);
    const wrong = await replayAll(tasks, async (client, exchange, server) => {
      server.arm(exchange);
      const { upid } = await waitForTask(client, String(objectOf(objectOf(exchange.json)["data"])["upid"]));
      return upid ? undefined : "no upid";
    });
    expect(wrong).toEqual([]);
  });
});

test("every generic code is listed with a reason, and every reason is still needed", () => {
  const generic = Object.entries(expectedCodes).flatMap(([sentence, code]) =>
    genericCodes.has(String(code)) ? [sentence] : [],
  );
  expect(generic.sort()).toEqual(Object.keys(genericBecause).sort());
});

function readTable(file: string): Readonly<Record<string, unknown>> {
  return objectOf(JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")));
}

/** Our client has no HEAD and OPTIONS and always asks for JSON. */
function canSend({ method, path }: Recorded): boolean {
  return /^(GET|POST|PUT|DELETE)$/.test(method) && path.startsWith("/api2/json/");
}

type Replay = (
  client: PveClient,
  exchange: Recorded,
  server: { arm: (...exchanges: readonly Recorded[]) => void },
) => Promise<string | undefined>;

async function replayAll(exchanges: readonly Recorded[], replay: Replay): Promise<readonly string[]> {
  await using server = await startReplayServer();
  const token = { value: "tester@pve!replay=00000000-0000-4000-8000-000000000000" };
  await using client = new PveClient({
    endpoint: server.endpoint,
    tls: { fingerprint: server.fingerprint },
    credentials: { token },
  });
  const problems: string[] = [];
  for (const exchange of exchanges) {
    server.arm(exchange);
    const problem = await replay(client, exchange, server);
    if (problem)
      problems.push(`${exchange.file} ${exchange.n} ${exchange.method} ${exchange.path}: ${problem}`);
  }
  return [...problems, ...server.strays];
}

async function caught(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function problemOf(
  error: unknown,
  kind: number | "task",
  sentence: string,
  details: Readonly<Record<string, string>>,
): string | undefined {
  if (!PveError.is(error)) return `not a PveError: ${String(error)}`;
  const key = `${kind} ${normalize(sentence)}`;
  if (expectedCodes[key] !== error.code)
    return `"${key}" became ${error.code}, expected ${String(expectedCodes[key])}`;
  const missing = Object.entries(details).filter(([name, value]) => error.details[name] !== value);
  if (missing.length > 0) return `details lack ${JSON.stringify(missing)}`;
  const said = sentence.trim().replace(/\.$/, "");
  if (!error.message.includes(said)) return `the message "${error.message}" does not hold "${said}"`;
  return kind === "task" && error.logTail.length === 0 ? "no log" : undefined;
}

function normalize(sentence: string): string {
  return (sentence.trim().split("\n")[0] ?? "").replaceAll(/\d+/g, "#");
}

function sentenceOf({ json, reason }: Recorded): string {
  const { message } = objectOf(json);
  return typeof message === "string" && message.trim() !== "" ? message : reason;
}

function exitStatusOf({ note, json, status }: Recorded): string | undefined {
  const { exitstatus } = objectOf(objectOf(json)["data"]);
  return status === 200 && note.includes("task status") && typeof exitstatus === "string"
    ? exitstatus
    : undefined;
}

function isBadExit(exitStatus: string | undefined): boolean {
  return exitStatus !== undefined && exitStatus !== "OK" && !exitStatus.startsWith("WARNINGS");
}

/** The log that was read after the status, where one was. */
function logOf(recorded: readonly Recorded[], status: Recorded): readonly Recorded[] {
  const path = status.path.replace(/\/status$/, "/log");
  return recorded
    .filter((exchange) => exchange.file === status.file && exchange.path.split("?")[0] === path)
    .slice(0, 1);
}
