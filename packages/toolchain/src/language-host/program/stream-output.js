/**
 * Sends what a process prints to the caller as it comes.
 *
 * @param {import("node:stream").Readable} output
 * @param {(chunk: Uint8Array) => Uint8Array} toMessage
 * @param {import("../grpc/serve.js").Call} call
 */
export async function streamOutput(output, toMessage, call) {
  try {
    for await (const chunk of output) await call.send(toMessage(chunk));
  } catch (error) {
    // The end of a stopped process cuts its output; its exit code says the rest.
    if (!output.destroyed) throw error;
  }
}
