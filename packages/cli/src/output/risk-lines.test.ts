import type { RiskFinding, RiskSeverity } from "@coppice/engine";
import { expect, test } from "vitest";
import { riskLines } from "./risk-lines.ts";

const finding = (severity: RiskSeverity, reason: string, more: Partial<RiskFinding> = {}): RiskFinding => {
  return { kind: "storage", severity, cluster: "main", reason, seats: [], figures: {}, ...more };
};
const lines = (...findings: readonly RiskFinding[]) => riskLines({ findings, nodes: [], storages: [] });
const document = { kind: "LabClass", name: "lab" };

test("each finding is a line, beneath how many there are", () => {
  expect(
    lines(
      finding("danger", "1 GiB is lost.", { document }),
      finding("danger", "It runs full."),
      finding("note", "It waits."),
    ),
  ).toEqual([
    "Risk: 2 dangers, 1 note:",
    "  danger   LabClass lab on main: 1 GiB is lost.",
    "  danger   main: It runs full.",
    "  note     main: It waits.",
  ]);
});

test("what the preview has said already is counted, and not said again", () => {
  const said = finding("warning", "The range is shared.", { isSaid: true });
  expect(lines(said)).toEqual(["Risk: 1 warning, 1 of them said above"]);
  expect(lines(finding("danger", "Lost."), said)[0]).toBe("Risk: 1 danger, 1 warning, 1 of them said above:");
});

test("nothing is said to be nothing", () => {
  expect(lines()).toEqual(["Risk: none found"]);
});

test("as many lines as fit, and how many more there are", () => {
  const many = (count: number) => lines(...Array<RiskFinding>(count).fill(finding("note", "It waits.")));
  expect(many(8)).toHaveLength(9);
  expect(many(9).at(-1)).toBe("  and 2 more, which --json has too");
  expect(many(9)).toHaveLength(9);
});
