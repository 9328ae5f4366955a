import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";

/**
 * Carries a connection by hand and cuts it after so many bytes from the client, as a network that fails does: what runs
 * on the node goes on, unaware.
 */
export function relay(socket: Socket, toServer: Writable, fromServer: Readable, bytes: number): void {
  let left = bytes;
  toServer.on("error", () => socket.destroy());
  fromServer.on("error", () => socket.destroy());
  socket.on("data", (piece: Buffer) => {
    if (piece.length >= left) {
      toServer.end(piece.subarray(0, left));
      socket.resetAndDestroy();
      fromServer.resume();
      return;
    }
    left -= piece.length;
    if (!toServer.write(piece)) {
      socket.pause();
      toServer.once("drain", () => socket.resume());
    }
  });
  socket.on("end", () => toServer.end());
  fromServer.pipe(socket);
  socket.resume();
}
