/**
 * Reads the protobuf wire format (https://protobuf.dev/programming-guides/encoding/).
 * Only what the messages of `pulumirpc.LanguageRuntime` need, so that this host
 * runs before any package is installed.
 */

/** @typedef {number | Uint8Array} FieldValue a varint, or the bytes of anything else */
/** @typedef {Map<number, FieldValue[]>} Fields the values of a message by field number, in order */

const decoder = new TextDecoder();

/**
 * Splits a message into its fields. Unknown fields are kept and simply never asked for.
 *
 * @example text(readFields(bytes), 1)
 * @param {Uint8Array} bytes
 * @returns {Fields}
 */
export function readFields(bytes) {
  /** @type {Fields} */
  const fields = new Map();
  let offset = 0;
  while (offset < bytes.length) {
    const tag = readVarint(bytes, offset);
    const field = readValue(bytes, tag.next, tag.value & 7);
    const number = Math.floor(tag.value / 8);
    fields.set(number, [...(fields.get(number) ?? []), field.value]);
    offset = field.next;
  }
  return fields;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {number} wireType
 * @returns {{ value: FieldValue, next: number }}
 */
function readValue(bytes, offset, wireType) {
  if (wireType === 0) return readVarint(bytes, offset);
  if (wireType === 1) return readBytes(bytes, offset, 8);
  if (wireType === 5) return readBytes(bytes, offset, 4);
  if (wireType !== 2) throw new Error(`protobuf wire type ${wireType} is not known`);
  const length = readVarint(bytes, offset);
  return readBytes(bytes, length.next, length.value);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @param {number} length
 */
function readBytes(bytes, offset, length) {
  const next = offset + length;
  if (next > bytes.length) throw new Error("protobuf message ends inside a field");
  return { value: bytes.subarray(offset, next), next };
}

/**
 * No field of these messages holds more than 32 bits. A negative int32 takes ten bytes
 * on the wire, of which the first five hold everything that `int32` folds back.
 *
 * @param {Uint8Array} bytes
 * @param {number} start
 */
function readVarint(bytes, start) {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) throw new Error("protobuf message ends inside a number");
    if (index < 5) value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: start + index + 1 };
  }
  throw new Error("protobuf number is longer than ten bytes");
}

/**
 * @param {Fields} fields
 * @param {number} number
 * @returns {Uint8Array[]}
 */
export function allBytes(fields, number) {
  return (fields.get(number) ?? []).filter((value) => value instanceof Uint8Array);
}

/** @param {Fields} fields @param {number} number @returns {string[]} */
export function texts(fields, number) {
  return allBytes(fields, number).map((value) => decoder.decode(value));
}

/** @param {Fields} fields @param {number} number @returns {string} empty when absent, as proto3 says */
export function text(fields, number) {
  return texts(fields, number).at(-1) ?? "";
}

/** @param {Fields} fields @param {number} number @returns {number} */
export function int32(fields, number) {
  const value = fields.get(number)?.at(-1);
  return typeof value === "number" ? value | 0 : 0;
}

/** @param {Fields} fields @param {number} number @returns {boolean} */
export function flag(fields, number) {
  return int32(fields, number) !== 0;
}

/** @param {Fields} fields @param {number} number @returns {Fields} an empty message when absent */
export function message(fields, number) {
  return readFields(allBytes(fields, number).at(-1) ?? new Uint8Array());
}

/** @param {Fields} fields @param {number} number @returns {Record<string, string>} */
export function textMap(fields, number) {
  const entries = allBytes(fields, number).map((value) => readFields(value));
  return Object.fromEntries(entries.map((entry) => [text(entry, 1), text(entry, 2)]));
}
