import type { Answer } from "./answer.ts";
import { plainError } from "./answer.ts";

const page = `<!DOCTYPE html>
<html><head><title>Proxmox Virtual Environment (emulated)</title></head>
<body><p>This is an emulator: it has the API below /api2, not the web interface.</p></body></html>
`;

/** What lies outside the API: one page, and the refusal for a file that is not there. */
export function staticAnswer(path: string): Answer {
  if (path !== "/") return plainError(500, `no such file '${path}'`);
  return {
    status: 200,
    reason: "OK",
    contentType: "text/html; charset=UTF-8",
    body: Buffer.from(page, "utf8"),
  };
}
