import { describe, expect, test } from "vitest";
import { readFrames, writeFrame } from "./websocket-frames.ts";

/** A client's frame, masked. */
function masked(opcode: number, text: string, first = 0x80 | opcode): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const payload = Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([first, 0x80 | text.length]), mask, payload]);
}

describe("frames of a console's client", () => {
  test("pings are unmasked and the end of a frame is awaited", () => {
    const bytes = Buffer.concat([
      masked(2, "keys"),
      masked(9, "still there"),
      masked(1, "half").subarray(0, 7),
    ]);
    const { pings, rest, closes, broken } = readFrames(bytes);
    expect(pings.map(String)).toEqual(["still there"]);
    expect([rest.length, closes, broken]).toEqual([7, false, false]);
  });

  test("one that closes ends what is read", () => {
    expect(readFrames(Buffer.concat([masked(8, ""), masked(9, "late")]))).toMatchObject({
      closes: true,
      pings: [],
    });
  });

  test.each([
    ["unmasked", Buffer.from([0x82, 1, 65])],
    ["in pieces", masked(2, "x", 0x02)],
    ["with reserved bits", masked(2, "x", 0xc2)],
    ["of no kind", masked(3, "x")],
    ["too large", Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 2, 0, 1])],
    ["of an absurd size", Buffer.from([0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 255])],
  ])("one that is %s breaks the connection", (_, bytes) => {
    expect(readFrames(bytes).broken).toBe(true);
  });

  test("the server's own are not masked, and long ones say so", () => {
    expect([...writeFrame(10, Buffer.from("ab"))]).toEqual([0x8a, 2, 97, 98]);
    expect(writeFrame(2, Buffer.alloc(300)).readBigUInt64BE(2)).toBe(300n);
  });
});
