import { CoppiceError, type Kind } from "@coppice/core";
import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defineResource } from "../../kit/define-resource.ts";
import { registryOf } from "../../kit/registry.ts";
import { type AttachedPlugin, serveAttached } from "./attached-plugin.ts";
import { toWire } from "./wire-values.ts";

const urn = "urn:pulumi:dev::p::coppice:index:Token::t";
const kind: Kind<{ hold?: boolean }> = {
  name: "Token",
  sentence: "Tells whose token it would use.",
  example: "",
  fields: { hold: { kind: "flag", sentence: "Waits for the cancel." } },
  outputs: {},
};

let reached: () => void;
let closed: string[];
const token = defineResource<{ hold?: boolean }, { hold?: boolean }>({
  kind,
  diff: () => ({ changes: [] }),
  create: async ({ hold }, context) => {
    const { settings } = await context.cluster("main");
    if (hold === true) {
      const aborted = new Promise((resolve) =>
        context.signal.addEventListener("abort", resolve, { once: true }),
      );
      reached();
      await aborted;
    }
    return { id: settings.token, state: {} };
  },
  read: () => Promise.resolve(undefined),
  update: () => Promise.reject(new Error("not called")),
  delete: () => Promise.resolve(),
});

/** Stands in for the engine's side: its log, and one connection to the provider for each provider of the stack. */
class FakeEngine {
  readonly #server = new Server();
  readonly #clients: InstanceType<typeof providerServices.ResourceProviderClient>[] = [];
  #address = "";

  async start(): Promise<this> {
    this.#server.addService(engineServices.EngineService, {
      log: (_: unknown, reply: (error: null, empty: object) => void) =>
        reply(null, new emptyMessages.Empty()),
    });
    const port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    this.#address = `127.0.0.1:${port}`;
    return this;
  }

  /** Attaches by a connection of its own, as the engine does for each provider. */
  async attach(): Promise<Calls> {
    const options = { "grpc.use_local_subchannel_pool": 1 };
    const client = new providerServices.ResourceProviderClient(
      `127.0.0.1:${plugin.port}`,
      credentials.createInsecure(),
      options,
    );
    this.#clients.push(client);
    const request = new pluginMessages.PluginAttach().setAddress(this.#address);
    await new Promise<void>((resolve, reject) =>
      client.attach(request, (error) => (error ? reject(error) : resolve())),
    );
    return new Calls(client);
  }

  die(): void {
    for (const client of this.#clients) client.close();
    this.#server.forceShutdown();
  }
}

class Calls {
  readonly #client: InstanceType<typeof providerServices.ResourceProviderClient>;

  constructor(client: InstanceType<typeof providerServices.ResourceProviderClient>) {
    this.#client = client;
  }

  configure(): Promise<string> {
    const clusters = {
      main: { endpoint: "https://pve:8006", fingerprint: "AB:CD", token: { env: "PVE_TOKEN" } },
    };
    const request = new messages.ConfigureRequest().setArgs(toWire({ clusters: JSON.stringify(clusters) }));
    return new Promise((resolve) =>
      this.#client.configure(request, (error) => resolve(error?.details ?? "configured")),
    );
  }

  create(hold = false): Promise<string> {
    const request = new messages.CreateRequest().setUrn(urn).setProperties(toWire({ hold }));
    return new Promise((resolve) =>
      this.#client.create(request, (error, response) => resolve(error?.details ?? response?.getId() ?? "")),
    );
  }

  cancel(): Promise<void> {
    return new Promise((resolve) => this.#client.cancel(new emptyMessages.Empty(), () => resolve()));
  }
}

let plugin: AttachedPlugin;
let engine: FakeEngine;
const use = (value: string) =>
  plugin.surround({ folder: "/", environment: { PVE_TOKEN: `user@pve!name=${value}` } });

beforeEach(async () => {
  closed = [];
  const registry = registryOf({ kind, load: () => Promise.resolve(token) });
  plugin = await serveAttached({
    registry,
    version: "1.2.3",
    connect: async (settings) => ({
      settings,
      get client(): never {
        throw new CoppiceError("provider.unexpected", { what: "no cluster here" });
      },
      ssh: () => undefined,
      close: async () => void closed.push(settings.token),
    }),
  });
  engine = await new FakeEngine().start();
});
afterEach(async () => {
  engine.die();
  await plugin.end("the test is over");
  plugin.stop();
});

test("what was cancelled is forgotten at the next attachment", async () => {
  use("one");
  const first = await engine.attach();
  await first.configure();
  await first.cancel();
  expect(await first.create()).toContain("[provider.interrupted]");
  await plugin.end("the run is over");
  use("one");
  const second = await engine.attach();
  await second.configure();
  expect(await second.create()).toBe("user@pve!name=one");
});

test("credentials are forgotten with the run, and their connections closed", async () => {
  use("one");
  const first = await engine.attach();
  await first.configure();
  await first.create();
  await plugin.end("the run is over");
  expect(closed).toEqual(["user@pve!name=one"]);
  expect(await first.create()).toContain("[provider.not-configured]");
  const second = await engine.attach();
  expect(await second.create()).toContain("[provider.not-configured]");
  expect(await second.configure()).toContain("PVE_TOKEN is not set");
});

test("two providers of one stack have a configuration each", async () => {
  use("one");
  const one = await engine.attach();
  await one.configure();
  use("two");
  const two = await engine.attach();
  await two.configure();
  expect([await one.create(), await two.create()]).toEqual(["user@pve!name=one", "user@pve!name=two"]);
});

test("another engine is refused while one is attached, and served when that has ended", async () => {
  use("one");
  await engine.attach();
  const other = await new FakeEngine().start();
  await expect(other.attach()).rejects.toThrow("[provider.attached]");
  engine.die();
  const calls = await other.attach();
  use("one");
  expect(await calls.create()).toContain("[provider.not-configured]");
  other.die();
});

test("the work of an engine that dies is asked to stop, and its session ends with it", async () => {
  use("one");
  const calls = await engine.attach();
  await calls.configure();
  const held = new Promise<void>((resolve) => {
    reached = resolve;
  });
  void calls.create(true);
  await held;
  engine.die();
  await plugin.end("the run is over");
  expect(closed).toEqual(["user@pve!name=one"]);
});
