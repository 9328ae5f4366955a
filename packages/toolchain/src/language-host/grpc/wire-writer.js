/** Writes the protobuf wire format. Fields with the default value are left out, as proto3 says. */

const encoder = new TextEncoder();

/** @param {number} value a non-negative integer @returns {Uint8Array} */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Uint8Array.from([...bytes, rest]);
}

/**
 * @param {number} number
 * @param {Uint8Array} value
 * @returns {Uint8Array}
 */
export function bytesField(number, value) {
  return Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);
}

/** @param {number} number @param {string} value @returns {Uint8Array} */
export function textField(number, value) {
  return value === "" ? new Uint8Array() : bytesField(number, encoder.encode(value));
}

/** @param {number} number @param {boolean} value @returns {Uint8Array} */
export function boolField(number, value) {
  return value ? Buffer.concat([varint(number * 8), varint(1)]) : new Uint8Array();
}

/**
 * Written even when zero: it is only used inside a `oneof`, where presence counts.
 *
 * @param {number} number
 * @param {number} value a non-negative integer
 * @returns {Uint8Array}
 */
export function numberField(number, value) {
  return Buffer.concat([varint(number * 8), varint(value)]);
}

/** @param {number} number @param {Readonly<Record<string, string>>} values @returns {Uint8Array} */
export function textMapField(number, values) {
  const entries = Object.entries(values).map(([key, value]) =>
    bytesField(number, message(textField(1, key), textField(2, value))),
  );
  return message(...entries);
}

/**
 * @example message(textField(1, "aws"), textField(2, "resource"))
 * @param {...Uint8Array} fields
 * @returns {Uint8Array}
 */
export function message(...fields) {
  return Buffer.concat(fields);
}
