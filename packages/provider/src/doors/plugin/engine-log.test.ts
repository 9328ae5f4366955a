import { type Progress, parseProgressLine } from "@coppice/core";
import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages, { type LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type EngineLog, engineLog, thinned } from "./engine-log.ts";

describe("row lines", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("are thinned out to the first and then the latest of each interval, for each resource", () => {
    const sent: string[] = [];
    const progress = thinned((urn, message) => sent.push(`${urn} ${message}`));
    for (let step = 1; step <= 1000; step++) progress("a", String(step));
    progress("b", "1");
    expect(sent).toEqual(["a 1", "b 1"]);
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual(["a 1", "b 1", "a 1000"]);
    progress("a", "1001");
    expect(sent.at(-1)).toBe("a 1001");
  });
});

describe("the engine's log", () => {
  const progress = (name: string): Progress => ({
    verb: "create",
    phase: "done",
    item: { kind: "seat", name },
  });
  let engine: Server;
  let log: EngineLog;
  let client: InstanceType<typeof engineServices.EngineClient>;
  let taken: LogRequest[];
  let take: () => Promise<void>;

  beforeEach(async () => {
    taken = [];
    take = () => Promise.resolve();
    engine = new Server();
    engine.addService(engineServices.EngineService, {
      log: (call: { request: LogRequest }, answer: (error: null, empty: object) => void) =>
        void take().then(() => {
          taken.push(call.request);
          answer(null, new emptyMessages.Empty());
        }),
    });
    const port = await new Promise<number>((resolve, reject) => {
      engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    client = new engineServices.EngineClient(`127.0.0.1:${port}`, credentials.createInsecure());
    log = engineLog(client);
  });
  afterEach(() => {
    client.close();
    engine.forceShutdown();
  });

  test("gets every progress in order, for its resource, where only a reader of events sees it", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `seat-${index}`);
    for (const name of names) log.progress("urn:a", progress(name));
    await log.settled();
    const debug = taken.filter((line) => line.getSeverity() === engineMessages.LogSeverity.DEBUG);
    const lines = debug.flatMap((line) => line.getMessage().split("\n"));
    expect(lines.map(parseProgressLine)).toEqual(names.map(progress));
    expect(debug.length).toBeLessThan(10);
    expect(new Set(debug.map((line) => `${line.getUrn()} ${line.getEphemeral()}`))).toEqual(
      new Set(["urn:a true"]),
    );
    const row = taken.filter((line) => line.getSeverity() === engineMessages.LogSeverity.INFO);
    expect(row.map((line) => line.getMessage())).toEqual(["created seat-0"]);
  });

  test("is settled only when the engine has taken every line", async () => {
    let openGate = () => {};
    const gate = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    let ask = () => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    take = () => {
      ask();
      return gate;
    };
    log.warn("urn:a", "careful");
    let isSettled = false;
    const settled = log.settled().then(() => {
      isSettled = true;
    });
    await asked;
    expect(isSettled).toBe(false);
    openGate();
    await settled;
    expect(taken.map((line) => line.getMessage())).toEqual(["careful"]);
  });

  test("is settled when the engine is gone", async () => {
    engine.forceShutdown();
    log.progress("urn:a", progress("ada"));
    await log.settled();
    client.close();
    log.progress("urn:a", progress("grace"));
    await log.settled();
    expect(taken).toEqual([]);
  });
});
