import { list, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { Upid } from "./upid.ts";

const page = shape({ total: optional(number), data: list(shape({ t: text })) });

/** How many lines of a log are read at most: enough for every warning, and for the end of a long one. */
const mostLines = 500;

/** The last lines of a task's log. */
export async function readTaskLog(
  caller: PveCaller,
  upid: Upid,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const first = await readPage(caller, upid, 0, signal);
  const total = first.total ?? first.data.length;
  if (total <= mostLines) return first.data.map((line) => line.t);
  const last = await readPage(caller, upid, total - mostLines, signal);
  return last.data.map((line) => line.t);
}

function readPage(caller: PveCaller, upid: Upid, start: number, signal?: AbortSignal) {
  return caller.call({
    method: "GET",
    path: "/nodes/{node}/tasks/{upid}/log",
    in: { node: upid.node, upid: upid.text },
    params: { start, limit: mostLines },
    parse: page,
    envelope: true,
    signal,
  });
}
