import { Channel, connectivityState, credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import { afterEach, expect, test } from "vitest";
import { watchEngine } from "./watch-engine.ts";

let server: Server;
let channel: Channel;
afterEach(() => {
  channel.close();
  server.forceShutdown();
});

test("a lost engine is noticed, and only once", async () => {
  server = new Server();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  channel = new Channel(`127.0.0.1:${port}`, credentials.createInsecure(), {});
  let losses = 0;
  const lost = new Promise<void>((resolve) =>
    watchEngine(channel, () => {
      losses++;
      resolve();
    }),
  );
  await ready(channel);
  expect(losses).toBe(0);
  server.forceShutdown();
  await lost;
  expect(losses).toBe(1);
});

/** Resolves when the channel is connected. */
async function ready(watched: Channel): Promise<void> {
  for (
    let state = watched.getConnectivityState(true);
    state !== connectivityState.READY;
    state = watched.getConnectivityState(true)
  ) {
    await new Promise<void>((resolve) =>
      watched.watchConnectivityState(state, Number.POSITIVE_INFINITY, () => resolve()),
    );
  }
}
