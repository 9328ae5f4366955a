import { allBytes, flag, readFields, text } from "../grpc/wire-reader.js";

/** @typedef {{ [key: string]: unknown }} JsonObject */

/** Field numbers of google.protobuf.Value. */
const field = Object.freeze({ number: 2, text: 3, flag: 4, struct: 5, list: 6 });

/**
 * Reads a `google.protobuf.Struct`, in which the engine sends `runtime.options`.
 *
 * @param {import("../grpc/wire-reader.js").Fields} struct
 * @returns {JsonObject}
 */
export function readStruct(struct) {
  const entries = allBytes(struct, 1).map((bytes) => readFields(bytes));
  return Object.fromEntries(entries.map((entry) => [text(entry, 1), readValue(allBytes(entry, 2).at(-1))]));
}

/**
 * @param {Uint8Array | undefined} bytes
 * @returns {unknown} what JSON.parse would give
 */
function readValue(bytes) {
  if (!bytes) return null;
  const value = readFields(bytes);
  const number = allBytes(value, field.number).at(-1);
  if (number) return new DataView(number.buffer, number.byteOffset, 8).getFloat64(0, true);
  if (value.has(field.text)) return text(value, field.text);
  if (value.has(field.flag)) return flag(value, field.flag);
  const [struct] = allBytes(value, field.struct);
  if (struct) return readStruct(readFields(struct));
  const [list] = allBytes(value, field.list);
  return list ? allBytes(readFields(list), 1).map(readValue) : null;
}
