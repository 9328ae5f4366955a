/**
 * What one part of the test run came to.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {Told[]} failed
 * @property {Told[]} skipped
 *
 * @typedef {{ name: string, reason: string }} Told
 */

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sumOf(tallies) {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/**
 * The end of a test run: each skipped and each failed test with its reason, so that the last lines of a log that was
 * cut short say what failed; then the one line that counts.
 * @param {Tally} tally
 * @returns {string[]}
 * @example closingLines({ passed: 3, failed: [], skipped: [] }) // ["3 passed, 0 failed"]
 */
export function closingLines({ passed, failed, skipped }) {
  const count = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  return [
    ...skipped.map(({ name, reason }) => `skipped: ${name}: ${reason}`),
    ...failed.map(({ name, reason }) => `failed: ${name}: ${reason}`),
    `${passed} passed, ${failed.length} failed${count}`,
  ];
}

/**
 * Counts the checks by their lines: `ok <name> …`, or `failed <name> …` with what it found first on the next line. A
 * run that ends badly without naming a check counts as one failure, and so does one that names none at all.
 * @param {string} output
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfChecks(output, exitCode) {
  const passed = output.match(/^ok \S+/gm)?.length ?? 0;
  const failed = [...output.matchAll(/^failed (\S+).*(?:\n {2}(.*))?/gm)].map(
    ([, name, found = "says nothing"]) => ({
      name: `check ${name}`,
      reason: found,
    }),
  );
  const broken = failed.length === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: broken ? [endedBadly("the checks", exitCode)] : failed, skipped: [] };
}

/**
 * Reads what the vitest reporter wrote. A runner that crashed before it could write, or that ended badly although
 * it counted no failure, is a failure itself.
 * @param {string | undefined} text
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOfVitest(text, exitCode) {
  const broken = [endedBadly("vitest", exitCode)];
  if (text === undefined) return { passed: 0, failed: broken, skipped: [] };
  /** @type {Tally} */
  const tally = JSON.parse(text);
  return exitCode !== 0 && tally.failed.length === 0 ? { ...tally, failed: broken } : tally;
}

/**
 * @param {string} name
 * @param {number} exitCode
 * @returns {Told}
 */
function endedBadly(name, exitCode) {
  return { name, reason: `ended with code ${exitCode} and named no failure` };
}
