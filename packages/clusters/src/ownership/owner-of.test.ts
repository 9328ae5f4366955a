import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineEnds, marks, notesOf, proseLines, seats } from "../fixtures/arbitrary-notes.ts";
import { encodeLine, throughProxmox } from "../fixtures/proxmox-notes.ts";
import { generationNotes, seatDescription } from "./notes.ts";
import { isRetired, isSeat, markedSource, type Owner, ownerOf } from "./owner-of.ts";
import { spareName } from "./spare-name.ts";
import { ownTags, retiredTag, retiredTags } from "./tags.ts";

const urn = "urn:pulumi:dev::lab::coppice:index:OverlayPool::rust-101";
const numbers = fc.integer({ min: 1, max: 1_000_000 });
const vmids = fc.integer({ min: 100, max: 999_999_999 });

/** Something of ours, with the notes that are made for it and the tags that it carries. */
const ours = fc.tuple(marks, seats, numbers, vmids).chain(([mark, seat, number, source]) => {
  const tags = ownTags(mark);
  const template = generationNotes(mark, { number, source }, urn);
  const made = (owner: Owner, notes: string, more = tags) => fc.constant({ mark, owner, notes, tags: more });
  return fc.oneof(
    made({ kind: "seat", seat }, seatDescription(urn, mark, seat)),
    made({ kind: "spare", seat }, seatDescription(urn, mark, spareName(seat))),
    made({ kind: "generation", number, source }, template),
    made({ kind: "retired generation", number, source }, template, retiredTags(mark, urn, "rust-101")),
  );
});

describe("what is made", () => {
  test("is read back, whatever people wrote around it and whichever line ends they left", () => {
    const around = notesOf(proseLines);
    fc.assert(
      fc.property(ours, around, around, lineEnds, ({ mark, owner, notes, tags }, before, after, end) => {
        const description = throughProxmox(`${before}${notes.replaceAll("\n", end)}${end}${after}`);
        expect(ownerOf({ description, tags }, mark)).toEqual(owner);
      }),
    );
  });

  test("belongs to its own mark alone", () => {
    fc.assert(
      fc.property(ours, marks, ({ mark, notes, tags }, other) => {
        fc.pre(mark !== other);
        expect(ownerOf({ description: notes, tags }, other)).toEqual({ kind: "foreign" });
      }),
    );
  });
});

/** Lines that are nearly ours: of another mark, of another form, quoted, encoded, or cut short. */
const foreignLines = fc.tuple(marks, seats, fc.nat(9)).chain(([mark, name, digit]) => {
  const line = `coppice:${mark}/${name}`;
  const near = [
    `coppice:${mark}${digit}/${name}`,
    `coppice:${mark.slice(0, -1)}/${name}`,
    `coppice:${mark.slice(1)}${mark[0] === "f" ? "e" : "f"}/${name}`,
    `coppice:${mark} /${name}`,
    ` ${line}`,
    `> ${line}`,
    `\r${line}`,
    `was ${line}, ask Ada`,
    `${line} and ${line}`,
    `Coppice:${mark}/${name}`,
    `coppice:${mark}/${name}/1`,
    `coppice:${mark}/${name.toUpperCase()}A`,
    `coppice:${mark}/`,
    `coppice:${mark}/+`,
    `coppice:${mark}/++${name}`,
    `coppice:${mark}`,
    `coppice:${mark}/generation-0/of-9000`,
    `coppice:${mark}/generation-1/of-`,
    `coppice:${mark}/generation-1/of-9000x`,
    encodeLine(line),
    encodeURIComponent(line),
  ];
  return fc.constantFrom(...near).map((each) => ({ mark, line: each }));
});

describe("what is not ours", () => {
  test("is never read as ours, however near it comes", () => {
    const prose = notesOf(proseLines);
    fc.assert(
      fc.property(foreignLines, prose, prose, lineEnds, ({ mark, line }, before, after, end) => {
        const description = throughProxmox(`${before}${line}${end}${after}`);
        expect(ownerOf({ description, tags: ownTags(mark) }, mark)).toEqual({ kind: "foreign" });
      }),
      { numRuns: 500 },
    );
  });

  test("is what has tags alone, no notes, or any text without a line of ours", () => {
    const tags = ownTags("0123456789");
    expect(ownerOf({ tags }, "0123456789")).toEqual({ kind: "foreign" });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (description) => {
        expect(ownerOf({ description, tags }, "0123456789").kind).toBe("foreign");
      }),
    );
  });

  test("is what claims to be two things of ours", () => {
    const description = "coppice:0123456789/ada\ncoppice:0123456789/grace\n";
    expect(ownerOf({ description, tags: [] }, "0123456789")).toEqual({ kind: "foreign" });
    const twice = "coppice:0123456789/ada\ncoppice:0123456789/ada\n";
    expect(ownerOf({ description: twice, tags: [] }, "0123456789")).toEqual({ kind: "seat", seat: "ada" });
  });
});

describe("questions about one thing", () => {
  const mark = "0123456789";
  const template = { description: generationNotes(mark, { number: 3, source: 9000 }, urn), tags: [] };

  test("tell a seat from its spare machine and from another seat whose name begins alike", () => {
    const guest = { description: seatDescription(urn, mark, "ada"), tags: [] };
    expect(isSeat({ mark }, "ada", guest)).toBe(true);
    expect([isSeat({ mark }, spareName("ada"), guest), isSeat({ mark }, "ad", guest)]).toEqual([
      false,
      false,
    ]);
    const spare = { description: seatDescription(urn, mark, spareName("ada")), tags: [] };
    expect([isSeat({ mark }, spareName("ada"), spare), isSeat({ mark }, "ada", spare)]).toEqual([
      true,
      false,
    ]);
  });

  test("tell the source of a generation of that number, retired or not", () => {
    expect(markedSource(template, mark, 3)).toBe(9000);
    expect(markedSource({ ...template, tags: retiredTags(mark, urn, "rust-101") }, mark, 3)).toBe(9000);
    expect([markedSource(template, mark, 30), markedSource(template, "f".repeat(10), 3)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("take a generation for retired only when its notes and its tags say the same", () => {
    const tag = retiredTag(urn, "rust-101");
    const tags = retiredTags(mark, urn, "rust-101");
    expect(isRetired({ ...template, tags }, tag)).toBe(true);
    expect(isRetired({ ...template, tags: ownTags(mark) }, tag)).toBe(false);
    expect(isRetired({ ...template, tags: retiredTags(mark, urn, "rust-102") }, tag)).toBe(false);
    expect(isRetired({ description: "somebody's template", tags }, tag)).toBe(false);
    expect(isRetired({ ...template, tags: retiredTags("f".repeat(10), urn, "rust-101") }, tag)).toBe(false);
    const seat = { description: seatDescription(urn, mark, "ada"), tags };
    expect(isRetired(seat, tag)).toBe(false);
  });
});
