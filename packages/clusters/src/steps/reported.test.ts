import { type Progress, progressText } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { reported } from "./reported.ts";

describe("reported work", () => {
  const item = { kind: "node", name: "pve1" } as const;
  const told: Progress[] = [];
  const context = { report: (progress: Progress) => told.push(progress) };

  test("is told when it begins and when it is done", async () => {
    told.length = 0;
    const count = await reported(context, { verb: "make-disks", item, all: 9 }, () => {
      expect(told.map(progressText)).toEqual(["making the disks of the seats on pve1 (0 of 9)"]);
      return Promise.resolve(9);
    });
    expect(count).toBe(9);
    expect(told.slice(1).map(progressText)).toEqual(["made the disks of the seats on pve1 (9 of 9)"]);
  });

  test("that failed is told as that, and fails", async () => {
    told.length = 0;
    const failure = new Error("no space");
    await expect(reported(context, { verb: "hash", item }, () => Promise.reject(failure))).rejects.toBe(
      failure,
    );
    expect(told.map(({ phase, share }) => ({ phase, share }))).toEqual([
      { phase: "begun" },
      { phase: "failed" },
    ]);
  });
});
