/** How long a step may be silent. */
const QUIET_MS = 2000;
/** How often a log that nobody watches gets a line. */
const LOG_EVERY_MS = 15_000;
const REWRITE_LINE = "\r\u001b[2K";

/**
 * @typedef {object} Reporter
 * @property {(text: string) => void} line Prints one line.
 * @property {<T>(text: string, work: (update: (detail: string) => void) => Promise<T>) => Promise<T>} during
 *   Prints the line, runs the work, and shows the elapsed seconds while it takes longer than two.
 */

/**
 * A reporter that rewrites one line on a terminal and adds a line every 15 seconds to a log.
 * @param {{ write: (text: string) => unknown, isTTY?: boolean }} stream
 * @returns {Reporter}
 * @example
 * const report = createReporter(process.stderr);
 * await report.during("packages: npm ci, node_modules is missing", () => install());
 */
export function createReporter(stream) {
  const line = (/** @type {string} */ text) => void stream.write(`${text}\n`);
  return {
    line,
    async during(text, work) {
      line(text);
      const ticker = startTicker(stream);
      try {
        return await work(ticker.update);
      } finally {
        ticker.stop();
      }
    },
  };
}

/**
 * A reporter that says nothing, for callers whose output must stay untouched.
 * @returns {Reporter}
 */
export function silentReporter() {
  return { line: () => {}, during: (_text, work) => work(() => {}) };
}

/** @param {{ write: (text: string) => unknown, isTTY?: boolean }} stream */
function startTicker(stream) {
  const started = Date.now();
  let detail = "";
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const text = () => `  ${seconds()} s${detail ? `, ${detail}` : ""}`;
  const show = () => stream.write(stream.isTTY ? `${REWRITE_LINE}${text()}` : `${text()}\n`);
  const timer = setInterval(show, stream.isTTY ? QUIET_MS / 2 : LOG_EVERY_MS);
  return {
    update: (/** @type {string} */ news) => void (detail = news),
    stop() {
      clearInterval(timer);
      if (Date.now() - started < QUIET_MS) return;
      stream.write(`${stream.isTTY ? REWRITE_LINE : ""}  done after ${seconds()} s\n`);
    },
  };
}
