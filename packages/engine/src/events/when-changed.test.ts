import type { watch } from "node:fs";
import { expect, test } from "vitest";
import { whenChanged } from "./when-changed.ts";

// as: the one form of it that is called.
const refused = (() => {
  throw Object.assign(new Error("too many open files, watch"), { code: "EMFILE" });
}) as unknown as typeof watch;

test("a file that the system cannot watch any more is looked at all the same, until nobody asks", async () => {
  let looks = 0;
  await new Promise<void>((resolve) => {
    const stop = whenChanged(
      "events.log",
      () => {
        looks += 1;
        stop();
        resolve();
      },
      refused,
    );
  });
  expect(looks).toBe(1);
});
