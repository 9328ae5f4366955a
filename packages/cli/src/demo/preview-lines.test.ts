import { expect, test } from "vitest";
import { previewLines } from "./preview-lines.ts";

const preview = `Previewing update (demo):

 +  coppice:index:OverlayPool networks-101 create 25 seats are made: seat-01–seat-25
Diagnostics:
  coppice:index:OverlayPool (networks-101-teacher):
    1 seat is made: teacher as 20000 on pve1

  coppice:index:OverlayPool (networks-101):
    25 seats are made: seat-01–seat-25

Outputs:
    seats  : [unknown]

Resources:
    + 5 to create

`;

test("a preview is what is said of each resource, and the counts, before anything is done", () => {
  expect(previewLines(`${preview}Updating (demo):\n\nDiagnostics:\n  too late\n\nResources:\n`)).toEqual([
    "coppice:index:OverlayPool (networks-101-teacher):",
    "  1 seat is made: teacher as 20000 on pve1",
    "",
    "coppice:index:OverlayPool (networks-101):",
    "  25 seats are made: seat-01–seat-25",
    "",
    "Resources:",
    "  + 5 to create",
  ]);
});

test("as long as nothing says that it is applied, it may go on", () => {
  expect(previewLines(preview)).toBeUndefined();
});
