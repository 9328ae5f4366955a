import { once } from "node:events";
import type { Socket } from "node:net";
import { SeededRandom } from "@coppice/core";
import { type Assault, hostileBytes } from "./hostile-bytes.ts";
import type { HostilePort } from "./hostile-ports.ts";

/** A connection that is not closed by then hangs. */
const longestMs = 15_000;

/** How an attack went: the numbers of the connections that hung, to be repeated alone. */
export interface Outcome {
  readonly connections: number;
  readonly hung: readonly number[];
}

async function deliver(socket: Socket, { pieces, ending }: Assault): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    // Whoever does not read is not waited for.
    if (!socket.write(piece))
      await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => undefined);
  }
  if (ending === "break") socket.destroy();
  else if (ending === "end") socket.end();
}

/** Sends one assault; false when the other side did not close in time. */
async function strike(socket: Socket, assault: Assault): Promise<boolean> {
  const closed = new Promise<boolean>((resolve) => socket.once("close", () => resolve(true)));
  socket.on("error", () => undefined); // A reset is one way to close a connection.
  socket.resume();
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), longestMs);
  });
  void deliver(socket, assault);
  const isClosed = await Promise.race([closed, hung]);
  clearTimeout(timer);
  socket.destroy();
  return isClosed;
}

/** Attacks a port for some time. The same seed sends the same bytes; connection 17 alone is `first: 17, count: 1`. */
export async function assaultPort(
  port: HostilePort,
  {
    seed,
    ms,
    first = 0,
    count = Number.POSITIVE_INFINITY,
  }: { seed: string; ms: number; first?: number; count?: number },
): Promise<Outcome> {
  const end = performance.now() + ms;
  const hung: number[] = [];
  let next = first;
  const worker = async () => {
    while (performance.now() < end && next < first + count) {
      const number = next;
      next += 1;
      const random = new SeededRandom(`${seed} ${port.name} ${number}`);
      const assault = hostileBytes(port.samples, random, port.isImpatient);
      if (!(await strike(port.open(), assault))) hung.push(number);
    }
  };
  await Promise.all(Array.from({ length: port.atOnce }, worker));
  return { connections: next - first, hung };
}
