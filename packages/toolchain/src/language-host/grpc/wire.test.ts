import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flag, int32, readFields, text, textMap, texts } from "./wire-reader.js";
import { boolField, bytesField, message, numberField, textField, textMapField } from "./wire-writer.js";

describe("the wire format", () => {
  test("gives back what was written", () => {
    const anyMap = fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true });
    const numbers = fc.integer({ min: 0, max: 2 ** 31 - 1 });
    const property = fc.property(
      fc.string({ unit: "grapheme" }),
      fc.boolean(),
      numbers,
      anyMap,
      (name, on, size, map) => {
        const bytes = message(
          textField(1, name),
          boolField(2, on),
          numberField(300, size),
          textMapField(4, map),
        );
        const fields = readFields(bytes);
        expect([text(fields, 1), flag(fields, 2), int32(fields, 300)]).toEqual([name, on, size]);
        expect(textMap(fields, 4)).toEqual(map);
      },
    );
    fc.assert(property);
  });

  test("keeps repeated values in order and takes the last of a single one", () => {
    const fields = readFields(message(textField(1, "a"), textField(1, "b")));
    expect(texts(fields, 1)).toEqual(["a", "b"]);
    expect(text(fields, 1)).toBe("b");
  });

  test("reads a negative int32, ten bytes long", () => {
    const minusOne = Uint8Array.from([8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    expect(int32(readFields(minusOne), 1)).toBe(-1);
  });

  test("of any bytes is read or refused, never read past the end", () => {
    const property = fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        readFields(bytes);
      } catch (error) {
        expect(String(error)).toMatch(/protobuf/);
      }
    });
    fc.assert(property);
  });

  test("cut short is refused", () => {
    const bytes = bytesField(1, new Uint8Array(10));
    expect(() => readFields(bytes.subarray(0, 5))).toThrow("ends inside a field");
  });
});
