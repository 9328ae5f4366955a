/** A word: bare characters, an escaped one, or a part in single or double quotes. */
const word = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+/g;
const part = /\\([\s\S])|"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|([^"'\\]+)/g;

/**
 * Splits a command line as a shell would, without running one.
 *
 * @example splitArguments("--import './my hooks.mjs'") // ["--import", "./my hooks.mjs"]
 * @param {string} line
 * @returns {string[]}
 */
export function splitArguments(line) {
  if (line.replace(word, "").trim() !== "") throw new Error(`nodeargs option has an open quote: ${line}`);
  return (line.match(word) ?? []).map((raw) => raw.replace(part, unquote));
}

/**
 * @param {string} _match
 * @param {string | undefined} escaped
 * @param {string | undefined} double
 * @param {string | undefined} single
 * @param {string | undefined} bare
 */
function unquote(_match, escaped, double, single, bare) {
  return escaped ?? double?.replace(/\\(["\\])/g, "$1") ?? single ?? bare ?? "";
}
