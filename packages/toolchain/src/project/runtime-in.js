/**
 * The runtime that a project file names. No YAML parser is there before packages are installed, so it reads this
 * one key: a word, or the `name` of a mapping in either style. A file that cannot be read so names none; the engine
 * says what is wrong with it.
 * @param {string} text
 * @returns {string | undefined}
 * @example runtimeIn("name: lab\nruntime:\n  name: yaml\n") // "yaml"
 */
export function runtimeIn(text) {
  if (/^\s*\{/.test(text)) return inJson(text);
  const sections = text.split(/^(?=[^\s#])/m);
  const value = sections.map((section) => /^(["']?)runtime\1\s*:(.*)$/s.exec(section)?.[2]).find(Boolean);
  return value === undefined ? undefined : nameIn(value.replace(/(^|\s)#.*$/gm, ""));
}

/** @param {string} text */
function inJson(text) {
  try {
    const { runtime } = JSON.parse(text);
    return typeof runtime === "object" ? runtime?.name : runtime;
  } catch {
    return undefined;
  }
}

/** @param {string} value */
function nameIn(value) {
  const block = /^\s*\n( +)(?=\S)/.exec(value)?.[1];
  if (block !== undefined) return field(value, new RegExp(`^${block}(["']?)name\\1\\s*:(.*)$`, "m"));
  const flow = /^\s*\{(.*)\}\s*$/s.exec(value)?.[1];
  if (flow === undefined) return plain(value);
  return field(flow.replace(/\{.*\}/s, ""), /(?:^|,)\s*(["']?)name\1\s*:([^,]*)/);
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function field(text, pattern) {
  return plain(pattern.exec(text)?.[2] ?? "");
}

/** @param {string} text */
function plain(text) {
  return text.trim().replace(/^(["'])(.*)\1$/, "$2") || undefined;
}
