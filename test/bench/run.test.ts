import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const runner = join(import.meta.dirname, "run.ts");

describe("the bench runner", () => {
  test.each([[[]], [["no-such-bench"]], [["../../etc"]]])(
    "called with %j lists the benches and fails",
    async (args) => {
      const failure = await run(process.execPath, [runner, ...args]).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^Benches: .*\bemulator, .*\boverlay\b/m),
      });
    },
  );
});
