import { runSteps } from "@coppice/clusters";
import { CoppiceError, type Kind, type Properties, VirtualClock } from "@coppice/core";
import { credentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { CheckFailure } from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defineResource } from "../../kit/define-resource.ts";
import { diffProperties } from "../../kit/diff-properties.ts";
import { registryOf } from "../../kit/registry.ts";
import { pluginService } from "./plugin-service.ts";
import { PluginSession } from "./plugin-session.ts";
import { fromWire, toWire } from "./wire-values.ts";

const urn = "urn:pulumi:dev::p::coppice:index:Row::r";
const kind: Kind<{ steps: readonly string[] }> = {
  name: "Row",
  sentence: "A row.",
  example: "",
  fields: { steps: { kind: "list", items: { kind: "text" }, sentence: "Steps.", required: true } },
  outputs: {},
};

/** A row of steps; the test decides what a step does. */
let step: (item: string) => Promise<void>;
/** The URNs from which marks were derived. */
const marked: string[] = [];
/** When the row was checked. */
const checked: number[] = [];
const row = defineResource<{ steps: readonly string[] }, { steps: readonly string[] }>({
  kind,
  checkTime: (_former, { steps }, now) => {
    checked.push(now);
    return steps.includes("late") ? [{ path: ["steps"], reason: "came late", code: "expiry.past" }] : [];
  },
  diff: ({ state, inputs }) => ({ changes: diffProperties(kind, state, inputs) }),
  create: async (inputs, context) => {
    const { finished, unfinished } = await runSteps(inputs.steps, context, (item) => step(item), {
      verb: "create",
    });
    return { id: "row", state: { steps: [...finished.keys()] }, unfinished };
  },
  read: () => Promise.reject(new TypeError("a slip of ours")),
  update: ({ inputs }, context) => {
    marked.push(context.urn);
    return Promise.resolve({ state: inputs });
  },
  delete: (_, context) => {
    marked.push(context.urn);
    return Promise.resolve();
  },
});

describe("the plugin's calls", () => {
  let server: Server;
  let client: InstanceType<typeof providerServices.ResourceProviderClient>;
  const debug: string[] = [];
  const clock = new VirtualClock();
  let settled: () => Promise<void>;

  beforeEach(async () => {
    settled = () => Promise.resolve();
    marked.length = 0;
    const log = {
      progress: () => undefined,
      judge: () => undefined,
      inform: () => undefined,
      warn: () => undefined,
      debug: (text: string) => debug.push(text),
      settled: () => settled(),
    };
    const registry = registryOf({ kind, load: () => Promise.resolve(row) });
    const connect = () => Promise.reject(new Error("no cluster here"));
    const session = new PluginSession({ registry, version: "1.2.3", connect, log, clock });
    server = new Server();
    server.addService(
      providerServices.ResourceProviderService,
      pluginService({
        version: "1.2.3",
        of: () => session,
        attach: () => Promise.reject(new Error("not called")),
      }),
    );
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    client = new providerServices.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  });
  afterEach(() => {
    client.close();
    server.forceShutdown();
  });

  const create = (names: readonly string[]) =>
    new Promise<{ error: ServiceError | null; id: string | undefined }>((resolve) => {
      const request = new messages.CreateRequest().setUrn(urn).setProperties(toWire({ steps: names }));
      client.create(request, (error, response) => resolve({ error, id: response?.getId() }));
    });
  const cancel = () =>
    new Promise<void>((resolve, reject) =>
      client.cancel(new emptyMessages.Empty(), (error) => (error ? reject(error) : resolve())),
    );

  test("a create that is done answers with id and outputs", async () => {
    step = () => Promise.resolve();
    expect(await create(["a", "b"])).toEqual({ error: null, id: "row" });
  });

  test("a create answers only when the engine has taken all that was told of it", async () => {
    step = () => Promise.resolve();
    let ask = () => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    let takeAll = () => {};
    const taken = new Promise<void>((resolve) => {
      takeAll = resolve;
    });
    settled = () => {
      ask();
      return taken;
    };
    let answered = false;
    const answer = create(["a"]).then(() => {
      answered = true;
    });
    await asked;
    await cancel();
    expect(answered).toBe(false);
    takeAll();
    await answer;
  });

  test("a create that fails in part answers with what there is and with named reasons", async () => {
    const full = new CoppiceError("pool.space", { what: "disk full" });
    step = (item) => (item === "b" ? Promise.reject(full) : Promise.resolve());
    const detail = initFailed((await create(["a", "b", "c"])).error);
    expect(detail?.getId()).toBe("row");
    expect(fromWire(detail?.getProperties())).toEqual({ steps: ["a", "c"] });
    expect(fromWire(detail?.getInputs())).toEqual({ steps: ["a", "b", "c"] });
    expect(detail?.getReasonsList()).toEqual(["b: disk full [pool.space]"]);
  });

  test("a check tells all mistakes, each by a sentence that begins with the field", async () => {
    const request = new messages.CheckRequest().setUrn(urn).setNews(toWire({ steps: ["a", 7], step: "b" }));
    const failures = await new Promise<CheckFailure[] | undefined>((resolve) =>
      client.check(request, (_, response) => resolve(response?.getFailuresList())),
    );
    expect(failures?.map((each) => [each.getProperty(), each.getReason()])).toEqual([
      ["", "'step' is not known; did you mean 'steps'? [arguments.wrong]"],
      ["", "'steps[1]' is 7, a number; write a text [arguments.wrong]"],
    ]);
  });

  test("a check knows what time it is, and tells a mistake with a code of its own by that", async () => {
    const request = new messages.CheckRequest().setUrn(urn).setNews(toWire({ steps: ["late"] }));
    const failures = await new Promise<CheckFailure[] | undefined>((resolve) =>
      client.check(request, (_, response) => resolve(response?.getFailuresList())),
    );
    expect(failures?.map((each) => each.getReason())).toEqual(["'steps' came late [expiry.past]"]);
    expect(checked.at(-1)).toBe(clock.now());
  });

  describe("of a resource that was renamed by an alias", () => {
    const before = "urn:pulumi:dev::p::coppice:index:Row::former";
    const check = async (asked: string, olds: Properties | undefined) => {
      const request = new messages.CheckRequest().setUrn(asked).setNews(toWire({ steps: ["a"] }));
      if (olds !== undefined) request.setOlds(toWire(olds));
      return await new Promise<{ inputs: Properties; reasons: string[] }>((resolve) =>
        client.check(request, (_, response) =>
          resolve({
            inputs: fromWire(response?.getInputs()),
            reasons: response?.getFailuresList().map((each) => each.getReason()) ?? [],
          }),
        ),
      );
    };

    test("go by the URN that its inputs recorded when it was made", async () => {
      const made = (await check(before, undefined)).inputs;
      const { inputs } = await check(urn, made);
      expect(inputs).toEqual(made);
      const update = new messages.UpdateRequest()
        .setUrn(urn)
        .setId("row")
        .setOlds(toWire({ steps: [] }));
      const state = await new Promise((resolve) =>
        client.update(update.setNews(toWire(inputs)), (_, response) =>
          resolve(fromWire(response?.getProperties())),
        ),
      );
      expect(state).toEqual({ steps: ["a"] });
      const remove = new messages.DeleteRequest().setUrn(urn).setId("row").setOldInputs(toWire(inputs));
      await new Promise<void>((resolve) =>
        client.delete(remove.setProperties(toWire({ steps: [] })), () => resolve()),
      );
      expect(marked).toEqual([before, before]);
    });

    test("with a home's id: what is new has it before its URN, and what exists stays as it is", async () => {
      const configured = new Promise<void>((resolve, reject) => {
        const request = new messages.ConfigureRequest().setArgs(toWire({ origin: "h3f9a0c51d2e87b4" }));
        client.configure(request, (error) => (error ? reject(error) : resolve()));
      });
      await configured;
      const made = (await check(before, undefined)).inputs;
      expect(made).toEqual({ steps: ["a"], __urn: `h3f9a0c51d2e87b4:${before}` });
      expect(await check(before, made)).toEqual({ inputs: made, reasons: [] });
      const older = { steps: ["a"], __urn: `${urn}-2` };
      expect((await check(`${urn}-2`, older)).inputs).toEqual(older);
      expect((await check(`${urn}-3`, { steps: ["a"] })).inputs["__urn"]).toBe(`${urn}-3`);
      const refused = await check(urn, made);
      expect(refused.reasons).toEqual([expect.stringContaining(`${urn} was ${before} when it was made`)]);
    });

    test("record the present one for what an earlier version made", async () => {
      expect((await check(urn, { steps: ["a"] })).inputs).toEqual({ steps: ["a"], __urn: urn });
    });

    test("refuse its former name to another resource, whichever is asked about first", async () => {
      const made = (await check(before, undefined)).inputs;
      const refusal = [expect.stringContaining(`${urn} was ${before} when it was made`)];
      expect((await check(urn, made)).reasons).toEqual(refusal);
      const other = { steps: ["a"], __urn: `${before}-2` };
      expect((await check(`${urn}-2`, other)).reasons).toEqual([]);
      expect((await check(`${urn}-2`, other)).reasons).toEqual([]);
      expect((await check(`${before}-2`, undefined)).reasons).toHaveLength(1);
    });
  });

  test("a cancel stops a create at its next step, and lets no other begin", async () => {
    step = async (item) => (item === "b" ? await cancel() : undefined);
    const detail = initFailed((await create(["a", "b", "c"])).error);
    expect(fromWire(detail?.getProperties())).toEqual({ steps: ["a", "b"] });
    expect(detail?.getReasonsList()).toEqual([
      "c: not started: the run was cancelled [provider.interrupted]",
    ]);
    expect((await create(["a"])).error?.details).toContain("the run was cancelled");
  });

  test("an unexpected error is named as our bug, its stack only in the debug log", async () => {
    const request = new messages.ReadRequest().setUrn(urn).setId("row");
    const error = await new Promise<ServiceError | null>((resolve) =>
      client.read(request, (failed) => resolve(failed)),
    );
    expect(error?.details).toContain("a slip of ours. This is a bug");
    expect(error?.details).not.toContain("    at ");
    expect(debug.at(-1)).toContain("    at ");
  });

  test("an unknown resource is refused by its token", async () => {
    const request = new messages.CheckRequest().setUrn(urn.replace("Row", "Nothing")).setNews(toWire({}));
    const error = await new Promise<ServiceError | null>((resolve) =>
      client.check(request, (failed) => resolve(failed)),
    );
    expect(error?.details).toContain("knows no resource coppice:index:Nothing");
  });
});

function initFailed(error: ServiceError | null) {
  const [packed] = error?.metadata.get("grpc-status-details-bin") ?? [];
  if (!Buffer.isBuffer(packed)) return undefined;
  const [detail] = statusMessages.Status.deserializeBinary(packed).getDetailsList();
  return detail && messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
}
