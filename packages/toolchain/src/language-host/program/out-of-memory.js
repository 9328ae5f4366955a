/**
 * What V8 prints when it runs out of memory; the second when the inspector is attached,
 * as it always is under the SDK (pulumi/pulumi#16596).
 */
const signs = ["<--- Last few GCs --->", "Check failed: needs_context && current_scope_ == closure_scope_"];
const longestSign = Math.max(...signs.map((sign) => sign.length));

/** Added to the error of a program that seems to have died of it. */
export const outOfMemoryAdvice =
  "Detected a possible out of memory error. Consider increasing the memory available to the nodejs process " +
  "by setting the `nodeargs` runtime option in Pulumi.yaml to `nodeargs: --max-old-space-size=<size>` where " +
  "`<size>` is the maximum memory in megabytes that can be allocated to nodejs. " +
  "See https://www.pulumi.com/docs/concepts/projects/project-file/#runtime-options";

/**
 * Watches a program's stderr for V8 running out of memory.
 *
 * @example const ranOut = watchForOutOfMemory(child.stderr); …; if (ranOut()) …
 * @param {import("node:stream").Readable} stderr
 * @returns {() => boolean}
 */
export function watchForOutOfMemory(stderr) {
  let seen = false;
  let tail = "";
  stderr.on("data", (/** @type {Buffer} */ chunk) => {
    const text = tail + chunk.toString("latin1");
    seen ||= signs.some((sign) => text.includes(sign));
    tail = text.slice(-longestSign);
  });
  return () => seen;
}
