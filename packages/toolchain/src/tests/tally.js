/**
 * What one part of the test run came to.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {{ name: string, reason: string }[]} skipped
 */

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sumOf(tallies) {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/**
 * The end of a test run: each skipped test with its reason, then the one line that counts.
 * @param {Tally} tally
 * @returns {string[]}
 * @example closingLines({ passed: 3, failed: 0, skipped: [] }) // ["3 passed, 0 failed"]
 */
export function closingLines({ passed, failed, skipped }) {
  const reasons = skipped.map(({ name, reason }) => `skipped: ${name}: ${reason}`);
  const count = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  return [...reasons, `${passed} passed, ${failed} failed${count}`];
}

/**
 * Counts the checks by their lines: `ok <name> …` or `failed <name> …`. A run that ends badly without naming a
 * check counts as one failure, and so does one that names none at all.
 * @param {string} output
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfChecks(output, exitCode) {
  const passed = output.match(/^ok \S+/gm)?.length ?? 0;
  const named = output.match(/^failed \S+/gm)?.length ?? 0;
  const broken = named === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: broken ? 1 : named, skipped: [] };
}

/**
 * Reads what the vitest reporter wrote. A runner that crashed before it could write, or that ended badly although
 * it counted no failure, is a failure itself.
 * @param {string | undefined} text
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfVitest(text, exitCode) {
  if (text === undefined) return { passed: 0, failed: 1, skipped: [] };
  /** @type {Tally} */
  const tally = JSON.parse(text);
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
