import { isRow } from "../judge/rows.ts";
import type { Recorded } from "../recording.ts";
import type { WireAnswer } from "../wire-answer.ts";

const moment = "Sat, 21 Nov 2026 00:00:00 GMT";

/** What the recorder left out of every answer, put back. */
function headersOf({ headers = {}, contentLength }: Recorded["res"]): Record<string, string> {
  const dates = headers["upgrade"] === undefined ? { date: moment, expires: moment } : {};
  return { ...dates, ...(contentLength === true ? { "content-length": "1" } : {}), ...headers };
}

/** A list as long as it was before the recorder shortened it; of an archive it kept the latest rows. */
function lengthened(json: unknown, length: number): unknown {
  if (!isRow(json) || !Array.isArray(json["data"])) return json;
  const rows: unknown[] = json["data"];
  const isArchive = rows.every((row) => isRow(row) && "time" in row && !("msg" in row));
  const more = Array.from({ length: length - rows.length }, () => (isArchive ? { time: 1 } : {}));
  return { ...json, data: isArchive ? [...more, ...rows] : [...rows, ...more] };
}

function bodyOf({ json, text, firstBytesHex, bodyDropped, trimmedFrom }: Recorded["res"]): Buffer {
  if (firstBytesHex !== undefined) return Buffer.from(firstBytesHex, "hex");
  if (text !== undefined) return Buffer.from(text === "<ticket answer>" ? "ticket" : text);
  if (bodyDropped !== undefined) return Buffer.from(bodyDropped === "list" ? '{"data":[]}' : '{"data":""}');
  if (json === undefined) return Buffer.alloc(0);
  const whole = JSON.stringify(typeof trimmedFrom === "number" ? lengthened(json, trimmedFrom) : json);
  return Buffer.from(
    whole
      .replaceAll('"<pem>"', '"-----BEGIN CERTIFICATE-----\\n"')
      .replace('"<token-secret>"', '"00000000-0000-4000-8000-000000000000"'),
  );
}

/** The answer that the recorded server gave, as it came over the wire. */
export function recordedAnswer({ res }: Recorded): WireAnswer {
  return { status: res.status ?? 0, reason: res.reason ?? "", headers: headersOf(res), body: bodyOf(res) };
}
