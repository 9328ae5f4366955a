/**
 * Reads the port that a plugin prints first, and passes on all that it prints later.
 *
 * @param {import("node:stream").Readable} stdout
 * @param {(rest: Buffer) => Promise<void>} passOn
 * @returns {Promise<number>} rejects when the plugin ends without a port
 */
export function readPort(stdout, passOn) {
  return new Promise((resolve, reject) => {
    let line = Buffer.alloc(0);
    let found = false;
    stdout.on("data", (/** @type {Buffer} */ chunk) => {
      if (found) return void passOn(chunk);
      line = Buffer.concat([line, chunk]);
      const end = line.indexOf("\n");
      if (end < 0) return;
      found = true;
      resolve(Number(line.subarray(0, end)));
      if (end + 1 < line.length) void passOn(line.subarray(end + 1));
    });
    stdout.once("close", () => reject(new Error("it ended before it printed its port")));
  });
}
