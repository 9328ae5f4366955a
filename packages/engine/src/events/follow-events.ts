import type { EngineEvent } from "./engine-event.ts";
import { LineTail } from "./line-tail.ts";
import { parseEvents } from "./parse-events.ts";

/** Tells the events of a run as they come. Close the tail when the engine has ended: it tells what is left, at once. */
export function followEvents(path: string, tell: (event: EngineEvent) => void): LineTail {
  return new LineTail(path, (line) => {
    for (const event of parseEvents(line)) tell(event);
  });
}
