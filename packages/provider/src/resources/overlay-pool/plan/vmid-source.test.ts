import { expect, test } from "vitest";
import { VmidSource } from "./vmid-source.ts";

const range = { from: 100, to: 103 };

test("numbers are given once, the lowest first", () => {
  const source = new VmidSource(range, [101]);
  expect([source.take(), source.take(), source.take(), source.take()]).toEqual([100, 102, 103, undefined]);
});

test("the number of a machine that left goes to spares alone", () => {
  const source = new VmidSource(range, [100, 101, 102]);
  source.vacate(100);
  expect(source.left(4)).toBe(2);
  expect([source.takeSpare(), source.take(), source.takeSpare(), source.takeSpare()]).toEqual([
    103,
    undefined,
    100,
    undefined,
  ]);
});

test("a spare gives back what it was given, to those who may have it", () => {
  const source = new VmidSource(range, [100, 101, 102, 103]);
  source.vacate(101);
  const spare = source.takeSpare() ?? 0;
  source.vacate(spare);
  expect([source.take(), source.takeSpare()]).toEqual([undefined, 101]);
});
