import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One recorded exchange with a genuine server, as far as replaying needs it. */
export interface Recorded {
  readonly file: string;
  readonly n: number;
  readonly note: string;
  readonly method: string;
  /** With `/api2/…` and query, percent-encoded as it was sent. */
  readonly path: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body's text; empty where there was none. */
  readonly body: string;
  readonly json: unknown;
}

const folder = fileURLToPath(new URL("./recordings/", import.meta.url));

/** All exchanges of one version, in recorded order; lines that are no HTTP exchange are left out. */
export function readRecordings(version: "8.4" | "9.2"): readonly Recorded[] {
  const files = readdirSync(folder).filter(
    (file) => file.startsWith(`${version}-`) && file.endsWith(".jsonl"),
  );
  return files.sort().flatMap((file) => {
    const lines = readFileSync(`${folder}${file}`, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    return lines.flatMap((line) => exchangeOf(file, objectOf(JSON.parse(line))));
  });
}

function exchangeOf(file: string, line: Record<string, unknown>): readonly Recorded[] {
  const req = objectOf(line["req"]);
  const res = objectOf(line["res"]);
  if (typeof req["path"] !== "string" || typeof res["status"] !== "number") return [];
  return [
    {
      file,
      n: Number(line["n"]),
      note: String(line["note"]),
      method: String(req["method"]),
      path: req["path"],
      status: res["status"],
      reason: textOf(res["reason"]),
      headers: headersOf(res["headers"]),
      body: bodyOf(res),
      json: res["json"],
    },
  ];
}

function bodyOf(res: Record<string, unknown>): string {
  if ("json" in res) return JSON.stringify(res["json"]);
  if (typeof res["firstBytesHex"] === "string") return Buffer.from(res["firstBytesHex"], "hex").toString();
  return textOf(res["text"]);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Without the length: some recorded bodies were shortened. */
function headersOf(value: unknown): Record<string, string> {
  const all = Object.entries(objectOf(value)).map(([name, text]) => [name, String(text)] as const);
  return Object.fromEntries(all.filter(([name]) => name !== "content-length"));
}

/** The value as an object; empty if it is none. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
