import fc from "fast-check";
import { expect, test } from "vitest";
import { commentOwner, ownComment, plainComment } from "./own-comment.ts";

const pool = { urn: "urn:pulumi:dev::lab::coppice:index:Pool::lab", id: "lab" };
const comments = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", " ", " lab", "lab ", "[coppice 0123456789abcdef]"),
);

test("a pool's comment is given back as its user wrote it", () => {
  fc.assert(
    fc.property(comments, (comment) => {
      expect(plainComment(ownComment(comment, pool))).toBe(comment);
    }),
  );
});

test("no comment of another pool, or of another resource, is taken for ours", () => {
  const text = ownComment("lab", pool);
  expect(ownComment("lab", { ...pool, id: "lab2" })).not.toBe(text);
  expect(ownComment("lab", { ...pool, urn: `${pool.urn}2` })).not.toBe(text);
});

test("a comment that only mentions Coppice is somebody else's", () => {
  expect(plainComment("made by [coppice] of old")).toBe("made by [coppice] of old");
});

test("whose something is its comment says", () => {
  fc.assert(
    fc.property(comments, (comment) => {
      expect(commentOwner(ownComment(comment, pool), pool)).toBe("own");
      expect(commentOwner(ownComment(comment, { ...pool, id: "lab2" }), pool)).toBe("other");
    }),
  );
  expect(["", "lab", "made by [coppice] of old"].map((comment) => commentOwner(comment, pool))).toEqual(
    Array(3).fill("nobody"),
  );
});
