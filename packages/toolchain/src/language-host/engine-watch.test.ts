import { once } from "node:events";
import { createServer, type ServerHttp2Session } from "node:http2";
import { expect, test } from "vitest";
import { watchEngine } from "./engine-watch.js";

async function listen() {
  const server = createServer();
  const sessions: ServerHttp2Session[] = [];
  server.on("session", (session) => sessions.push(session));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, sessions, address: `127.0.0.1:${address.port}` };
}

test("an engine that nobody can reach is gone", async () => {
  const { server, address } = await listen();
  server.close();
  await once(server, "close");
  await new Promise<void>((gone) => watchEngine(address, gone));
});

test("an engine is gone when it no longer takes connections, not when one is lost", async () => {
  const { server, sessions, address } = await listen();
  let isGone = false;
  const gone = new Promise<void>((resolve) => {
    watchEngine(address, () => {
      isGone = true;
      resolve();
    });
  });
  await once(server, "session");
  sessions[0]?.destroy();
  await once(server, "session");
  expect(isGone).toBe(false);
  server.close();
  sessions[1]?.destroy();
  await gone;
});
