import fc from "fast-check";
import { expect, test } from "vitest";
import { plainPoolComment, poolComment } from "./pool-comment.ts";

const pool = { urn: "urn:pulumi:dev::lab::coppice:index:Pool::lab", poolid: "lab" };
const comments = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", " ", " lab", "lab ", "[coppice 0123456789abcdef]"),
);

test("a pool's comment is given back as its user wrote it", () => {
  fc.assert(
    fc.property(comments, (comment) => {
      expect(plainPoolComment(poolComment(comment, pool))).toBe(comment);
    }),
  );
});

test("no comment of another pool, or of another resource, is taken for ours", () => {
  const text = poolComment("lab", pool);
  expect(poolComment("lab", { ...pool, poolid: "lab2" })).not.toBe(text);
  expect(poolComment("lab", { ...pool, urn: `${pool.urn}2` })).not.toBe(text);
});

test("a comment that only mentions Coppice is somebody else's", () => {
  expect(plainPoolComment("made by [coppice] of old")).toBe("made by [coppice] of old");
});
