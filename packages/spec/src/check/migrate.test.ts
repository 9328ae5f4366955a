import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";

const kind = {
  migrations: [
    ({ count, ...others }: Readonly<Record<string, unknown>>) => ({ ...others, seats: count }),
    ({ seats, ...others }: Readonly<Record<string, unknown>>) => ({ ...others, seats: { number: seats } }),
  ],
};

test("what an older version says goes through each version that came after it, and what is new stays", () => {
  expect(migrate(kind, { count: 3, a: 1 }, 1)).toEqual({ a: 1, seats: { number: 3 } });
  expect(migrate(kind, { seats: 3, a: 1 }, 2)).toEqual({ a: 1, seats: { number: 3 } });
  expect(migrate(kind, { seats: { number: 3 } }, 3)).toEqual({ seats: { number: 3 } });
});
