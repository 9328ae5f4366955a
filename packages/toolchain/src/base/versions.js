/**
 * The engine that is downloaded or built when none is found. Newer versions are not complete in the Go module proxy.
 * A change here needs new go.mod and go.sum files in `engine/`.
 */
export const ENGINE_VERSION = "3.255.0";

/**
 * The YAML language host that is built where the engine's own is not there.
 * A change here needs new go.mod and go.sum files in `yaml-host/`.
 */
export const YAML_HOST_VERSION = "1.25.0";

/** The oldest engine on PATH that is used: the first with the events and cancellation that our plugin was tested with. */
export const OLDEST_ENGINE = "3.220.0";

/** Node's major version that programs, tests and the language host run on. */
export const NODE_MAJOR = 24;

/** The oldest Node that runs Coppice at all: the first that strips types without a flag. */
export const OLDEST_NODE = "22.18.0";

/** The oldest Go that knows how to fetch the toolchain that the engine's `go.mod` asks for. */
export const OLDEST_GO = "1.21.0";

/**
 * Compares two dotted versions by number; a leading `v` or `go` and anything after the numbers are ignored.
 * @param {string} version
 * @param {string} oldest
 * @returns {boolean}
 * @example isAtLeast("v3.255.0", "3.220.0") // true
 */
export function isAtLeast(version, oldest) {
  const [have, want] = [numbersOf(version), numbersOf(oldest)];
  for (const [index, wanted] of want.entries()) {
    const difference = (have[index] ?? 0) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return have.length > 0;
}

/** @param {string} version */
function numbersOf(version) {
  const match = /^\s*(?:v|go)?(\d+(?:\.\d+)*)/.exec(version);
  return match?.[1] ? match[1].split(".").map(Number) : [];
}
