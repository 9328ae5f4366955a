import fc from "fast-check";
import { expect, test } from "vitest";
import { marks, seats } from "../fixtures/arbitrary-notes.ts";
import { throughProxmox } from "../fixtures/proxmox-notes.ts";
import { claimsOf, markOfMarker } from "./claims.ts";
import { folderMarker } from "./folder-marker.ts";
import { generationNotes, seatDescription } from "./notes.ts";

const urn = "urn:pulumi:dev::lab::coppice:index:OverlayPool::rust-101";

test("notes and markers that are made are read back, whoever's mark it is", () => {
  fc.assert(
    fc.property(marks, seats, (mark, seat) => {
      const expected = { marks: [mark], stack: "lab/dev" };
      expect(claimsOf(throughProxmox(seatDescription(urn, mark, seat)))).toEqual(expected);
      const template = generationNotes(mark, { number: 2, source: 9000 }, urn);
      expect(claimsOf(throughProxmox(template))).toEqual(expected);
      expect(markOfMarker(folderMarker(mark))).toBe(mark);
    }),
  );
});

test("what people write claims nothing", () => {
  expect(claimsOf(undefined)).toEqual({ marks: [] });
  expect(claimsOf("managed by Coppice once\ncoppice:0123456789\n coppice:0123456789/ada")).toEqual({
    marks: [],
  });
  expect(markOfMarker("vm-100-disk-0.qcow2")).toBeUndefined();
});
