import { connect } from "node:http2";

/**
 * Keeps a connection to the engine open and says once when the engine is gone. An
 * engine that is killed closes its sockets at once, so nothing has to be polled.
 *
 * @param {string} address `host:port`
 * @param {() => void} gone
 */
export function watchEngine(address, gone) {
  const session = connect(`http://${address}`);
  let wasConnected = false;
  session.once("connect", () => {
    wasConnected = true;
  });
  // "close" follows every error; only that decides.
  session.on("error", () => undefined);
  session.once("close", () => {
    // A lost connection is not yet a lost engine: only a refused one is.
    if (wasConnected) watchEngine(address, gone);
    else gone();
  });
}
