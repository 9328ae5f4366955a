/** A frame may carry so many bytes (pve-http-server, AnyEvent.pm websocket_proxy). */
const longestFrame = 128 * 1024;

const closing = 8;
const ping = 9;

/** What a client's frames ask for, and the bytes of one that is not whole yet; `broken` ends the connection. */
export interface FramesRead {
  readonly rest: Buffer;
  readonly pings: readonly Buffer[];
  readonly closes: boolean;
  readonly broken: boolean;
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly length: number;
}

/** Length of the payload and where the mask begins; undefined when the head is not whole. */
function measure(bytes: Buffer): { size: number; mask: number } | undefined {
  const [, second] = bytes;
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  if (short < 126) return { size: short, mask: 2 };
  if (short === 126) return bytes.length < 4 ? undefined : { size: bytes.readUInt16BE(2), mask: 4 };
  return bytes.length < 10 ? undefined : { size: Number(bytes.readBigUInt64BE(2)), mask: 10 };
}

/** The first frame: whole, masked, of a known kind and not too large; undefined when more bytes are needed. */
function readFrame(bytes: Buffer): Frame | "broken" | undefined {
  const [first = 0, second = 0] = bytes;
  const found = measure(bytes);
  if (found === undefined) return undefined;
  const opcode = first & 0x0f;
  const isKnown = [1, 2, closing, ping, 10].includes(opcode);
  if ((first & 0xf0) !== 0x80 || (second & 0x80) === 0 || !isKnown || found.size > longestFrame)
    return "broken";
  const start = found.mask + 4;
  if (bytes.length < start + found.size) return undefined;
  const mask = bytes.subarray(found.mask, start);
  const payload = Buffer.from(bytes.subarray(start, start + found.size));
  for (const [index, byte] of payload.entries()) payload[index] = byte ^ (mask[index % 4] ?? 0);
  return { opcode, payload, length: start + found.size };
}

/** Reads a client's frames; what they carry for the console is dropped, since nobody sits at it. */
export function readFrames(bytes: Buffer): FramesRead {
  const pings: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const frame = readFrame(rest);
    if (frame === undefined || frame === "broken")
      return { rest, pings, closes: false, broken: frame === "broken" };
    rest = rest.subarray(frame.length);
    if (frame.opcode === ping) pings.push(frame.payload);
    if (frame.opcode === closing) return { rest, pings, closes: true, broken: false };
  }
}

/** A frame of the server: never masked. */
export function writeFrame(opcode: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 10 : 2);
  head[0] = 0x80 | opcode;
  head[1] = long ? 127 : payload.length;
  if (long) head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}
