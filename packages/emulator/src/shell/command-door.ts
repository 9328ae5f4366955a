import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { CommandRunner, NodeCommand } from "./commands/node-command.ts";

const longest = 1024 * 1024;

/** The socket where a node's own commands (`qm`, `pvesm` …) meet the emulator. */
export class CommandDoor {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on a Unix socket. */
  static async open(path: string, run: CommandRunner): Promise<CommandDoor> {
    const server = createServer();
    const door = new CommandDoor(server);
    server.on("connection", (socket) => {
      door.#sockets.add(socket);
      socket.on("close", () => door.#sockets.delete(socket));
      socket.on("error", () => socket.destroy()); // The command was killed; nobody reads any more.
      void serve(socket, run);
    });
    server.listen(path);
    await once(server, "listening");
    return door;
  }

  /** Closes the socket and cuts running commands off. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

async function serve(socket: Socket, run: CommandRunner): Promise<void> {
  const output = {
    out: (text: string) => send(socket, 1, text),
    err: (text: string) => send(socket, 2, text),
  };
  let code = 255;
  try {
    code = await run(await readCommand(socket), output);
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  const end = Buffer.alloc(5);
  end.writeUInt8(3, 0);
  end.writeUInt32BE(code & 0xff, 1);
  socket.end(end);
}

function send(socket: Socket, kind: number, text: string): void {
  if (text === "" || socket.destroyed) return;
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt8(kind, 0);
  head.writeUInt32BE(body.length, 1);
  socket.write(Buffer.concat([head, body]));
}

async function readCommand(socket: Socket): Promise<NodeCommand> {
  return await new Promise((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0);
    socket.on("close", () => reject(new Error("the command went away before it was said")));
    socket.on("data", (piece: Buffer) => {
      got = Buffer.concat([got, piece]);
      const length = got.length < 4 ? longest : got.readUInt32BE(0);
      if (got.length >= 4 && length >= longest) reject(new Error("the command line is too long"));
      if (got.length < 4 + length) return;
      const [name = "", uid = "", folder = "/", ...args] = got.toString("utf8", 4, 4 + length).split("\0");
      resolve({ name, uid: Number(uid), folder, args });
    });
  });
}
