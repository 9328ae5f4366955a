import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { Fault } from "../kernel/fault-source.ts";
import type { Namespace } from "./namespace.ts";
import { relay } from "./relay.ts";
import type { Sessions } from "./sessions.ts";

/** What a node's SSH door needs. */
export interface DoorParts {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly sessions: Sessions;
  /** Makes the node's namespace at the first connection. */
  readonly namespace: () => Promise<Namespace>;
}

/** A node's SSH port: each accepted connection is handed to an sshd of its own inside the node's namespace. */
export class SshDoor {
  readonly #parts: DoorParts;
  readonly #server: Server;
  readonly #children = new Set<ChildProcess>();
  readonly #sockets = new Set<Socket>();
  readonly #accepting = new Set<Promise<void>>();

  private constructor(parts: DoorParts, server: Server) {
    this.#parts = parts;
    this.#server = server;
    server.on("connection", (socket) => {
      const accepting = this.#accept(socket).finally(() => this.#accepting.delete(accepting));
      this.#accepting.add(accepting);
    });
  }

  /** Listens; port 0 takes a free one. Nothing else is started before somebody connects. */
  static async open(parts: DoorParts, host: string, port: number): Promise<SshDoor> {
    const server = createServer({ pauseOnConnect: true });
    server.listen(port, host);
    await once(server, "listening");
    return new SshDoor(parts, server);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the SSH door is closed");
    return address.port;
  }

  /** Closes the port and every connection. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    for (const child of this.#children) child.kill("SIGKILL");
    await closed;
  }

  /** Settles when every connection has ended; the namespace must be closed first. */
  async ended(): Promise<void> {
    await Promise.all(this.#accepting);
  }

  async #accept(socket: Socket): Promise<void> {
    const { cluster, node } = this.#parts;
    socket.on("error", () => socket.destroy());
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    const fault = cluster.faults.take("ssh", { node: node.name });
    if (fault?.delayMs !== undefined)
      await cluster.clock.sleep(fault.delayMs, cluster.stopped).catch(() => undefined);
    if (!node.linked || fault?.drop === true) {
      socket.destroy();
      return;
    }
    try {
      await this.#serve(socket, fault);
    } catch (error) {
      cluster.counters.add("ssh:failed");
      process.emitWarning(error instanceof Error ? error : new Error(String(error)));
      socket.destroy();
    }
  }

  async #serve(socket: Socket, fault: Fault | undefined): Promise<void> {
    const { cluster, sessions } = this.#parts;
    const namespace = await this.#parts.namespace();
    if (cluster.stopped.aborted) {
      socket.destroy();
      return;
    }
    cluster.counters.add("ssh:connections");
    const [program, ...args] = namespace.enterAsLogin([
      "/usr/sbin/sshd",
      "-i",
      "-e",
      "-f",
      "/etc/ssh/sshd_config",
    ]);
    const isCut = fault?.cutAfterBytes !== undefined;
    const child = isCut
      ? spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] })
      : spawn(program, args, { stdio: [socket, socket, "pipe"] });
    this.#children.add(child);
    const connection = sessions.connect(this.#parts.node);
    if (child.stderr !== null)
      createInterface({ input: child.stderr }).on("line", (line) => connection.note(line));
    if (child.stdin !== null && child.stdout !== null)
      relay(socket, child.stdin, child.stdout, fault?.cutAfterBytes ?? 0);
    else socket.destroy(); // The child has its own copy; closing ours ends nothing.
    child.on("error", () => undefined); // "close" follows and is all that counts.
    await once(child, "close");
    connection.end();
    this.#children.delete(child);
  }
}
