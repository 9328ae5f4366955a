import { expect, test } from "vitest";
import { generationName, looksLikeSeat, spareGuestName } from "./guest-names.ts";
import { ownTags } from "./tags.ts";

const guest = { tags: ownTags("0123456789"), template: false };

test.each([
  ["a seat", { ...guest, name: "lab-ada" }, true],
  ["a spare machine, which no generation is made of", { ...guest, name: spareGuestName("lab") }, true],
  ["a half-made generation", { ...guest, name: generationName({ class: "lab", number: 2 }) }, false],
  ["a template", { ...guest, name: "lab-ada", template: true }, false],
  ["a machine without our tag", { ...guest, name: "lab-ada", tags: ["lab"] }, false],
  ["a machine whose name is not shown yet", guest, false],
  ["a seat of a class whose name begins alike", { ...guest, name: "lab2-ada" }, false],
])("%s", (_, found, expected) => {
  expect(looksLikeSeat(found, "lab")).toBe(expected);
});
