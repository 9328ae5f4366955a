import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { assaultPort } from "./assault-port.ts";
import { hostilePorts } from "./hostile-ports.ts";

/** What may be held on to after an attack: histories of tasks and counters, never bodies. */
const mostKept = 96 * 1024 ** 2;

function memoryInUse(): number {
  setFlagsFromString("--expose-gc");
  // as: that flag gives new contexts this function.
  const collect = runInNewContext("gc") as () => void;
  collect();
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return heapUsed + arrayBuffers + external;
}

async function statusOf(emulator: Emulator): Promise<number | undefined> {
  const authorization = `PVEAPIToken=${emulator.token.id}=${emulator.token.secret}`;
  const sent = request(`${emulator.url}/api2/json/version`, { ca: emulator.ca, headers: { authorization } });
  sent.end();
  // as: "response" comes with the answer.
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

async function greetingOf(port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  // as: without an encoding set, data comes as buffers.
  const [bytes] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return bytes.toString("latin1");
}

async function stillAnswers(emulator: Emulator): Promise<string[]> {
  for (const task of emulator.cluster.tasks.running()) await task.done;
  const problems = await emulator.control.check();
  const status = await statusOf(emulator);
  if (status !== 200) problems.push(`the API answers ${status}`);
  for (const [node, { port }] of emulator.ssh) {
    const greeting = await greetingOf(port);
    if (!greeting.startsWith("SSH-2.0-")) problems.push(`${node} says '${greeting}' by SSH`);
  }
  const mistakes = emulator.cluster.counters.all()["internal-error"] ?? 0;
  if (mistakes > 0) problems.push(`${mistakes} requests met a mistake of the emulator's`);
  return problems;
}

/** What is wrong after every port of a fresh emulator was attacked for so long; `say` gets a line a port. */
export async function runAssaults(
  wish: { readonly pve: "8.4" | "9.2"; readonly seed: string; readonly ms: number },
  say: (line: string) => void,
): Promise<string[]> {
  const problems: string[] = [];
  const crash = (error: unknown) =>
    problems.push(`crashed: ${error instanceof Error ? error.stack : String(error)}`);
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  const emulator = await startEmulator({ pve: wish.pve, nodes: 2, controlPort: 0 });
  try {
    await emulator.shell("pve1", "qm create 100 --memory 64");
    for (const port of await hostilePorts(emulator)) {
      const before = memoryInUse();
      const { connections, hung } = await assaultPort(port, wish);
      const kept = memoryInUse() - before;
      say(
        `hostile bytes on the port of ${port.name}: ${connections} connections, ${Math.round(kept / 1024 ** 2)} MiB kept`,
      );
      if (kept > mostKept) problems.push(`${port.name}: ${kept} bytes are kept`);
      if (hung.length > 0)
        problems.push(`${port.name}: connections ${hung.join(", ")} of seed ${wish.seed} hung`);
      problems.push(...(await stillAnswers(emulator)).map((text) => `after ${port.name}: ${text}`));
    }
  } finally {
    await emulator.stop();
    process.off("uncaughtException", crash);
    process.off("unhandledRejection", crash);
  }
  return problems;
}
