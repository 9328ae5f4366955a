import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineEnds, notesOf, proseLines, seats } from "../fixtures/arbitrary-notes.ts";
import { throughProxmox } from "../fixtures/proxmox-notes.ts";
import { seatDescription } from "./notes.ts";
import { isSeat } from "./owner-of.ts";
import { parseNotes, type SeatNotes, withNotes } from "./seat-notes.ts";

const volumes = fc.dictionary(
  fc.constantFrom("scsi0", "scsi1", "virtio3", "efidisk0", "tpmstate0"),
  fc.constantFrom("nas:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-1.qcow2", "thin:vm-20000-disk-0"),
);
const kept = fc
  .tuple(fc.option(fc.stringMatching(/^[0-9a-f]{10}$/)), fc.array(volumes, { maxLength: 3 }))
  .map(([order, former]): SeatNotes => {
    const maps = former.map((each) => new Map(Object.entries(each)));
    return { former: maps, ...(order !== null && { order }) };
  });
const mark = "0123456789";
const urn = "urn:pulumi:dev::lab::coppice:index:OverlayPool::rust-101";

describe("what the notes of a seat keep", () => {
  test("is read back, by whichever line ends, and in place of what was kept before", () => {
    fc.assert(
      fc.property(notesOf(proseLines), kept, kept, lineEnds, (text, first, second, end) => {
        const once = throughProxmox(withNotes(text, first).replaceAll("\n", end));
        expect(parseNotes(once)).toEqual(first);
        expect(parseNotes(throughProxmox(withNotes(once, second)))).toEqual(second);
      }),
    );
  });

  test("takes nothing from what people wrote there, nor from the seat's mark", () => {
    fc.assert(
      fc.property(notesOf(proseLines), kept, seats, (text, notes, seat) => {
        const before = `${seatDescription(urn, mark, seat)}\n${text}`;
        const after = withNotes(before, notes);
        expect(after.startsWith(before.trimEnd())).toBe(true);
        expect(isSeat({ mark }, seat, { description: throughProxmox(after), tags: [] })).toBe(true);
      }),
    );
  });

  test("ends, also for a line that was made to keep it busy", () => {
    const hostile = `former:${"a1=".repeat(20_000)} !`;
    expect(parseNotes(hostile)).toEqual({ former: [] });
  });
});
