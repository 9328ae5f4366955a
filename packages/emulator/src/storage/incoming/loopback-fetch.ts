import type { IncomingMessage } from "node:http";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** Addresses of this machine: the emulator has no way out to other ones. */
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** True for addresses the emulator may ask. */
export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname);
}

/** Sends a request to this machine and answers as soon as the headers are there. */
export async function askLoopback(
  url: URL,
  method: "GET" | "HEAD",
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const request = send(url, { method, signal, timeout: 30_000, agent: false });
  request.on("timeout", () => request.destroy(new Error("timed out")));
  request.end();
  return await new Promise((resolve, reject) => request.on("response", resolve).on("error", reject));
}
