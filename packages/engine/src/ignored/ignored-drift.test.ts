import { expect, test } from "vitest";
import { endOf, standing } from "./ignored-drift.ts";

const ignored = (until: string) => {
  const said = { kind: "LabClass", name: "lab", seat: "a", field: "memory", what: "", who: "ada" };
  return { ...said, until, when: "2026-01-01T00:00:00Z" };
};

test("what is ignored stands to the end of its last day", () => {
  const all = [ignored("2026-12-30"), ignored("2026-12-31")];
  expect(standing(all, Date.parse("2026-12-31T23:59:59Z"))).toEqual([all[1]]);
  expect(standing(all, Date.parse("2027-01-01T00:00:00Z"))).toEqual([]);
});

test.each(["", "31.12.2026", "2026-02-31", "2026-13-01", "2026-1-1", "tomorrow", "2026-12-31T10:00"])(
  "'%s' is no day",
  (day) => {
    expect(endOf(day)).toBeNaN();
  },
);
