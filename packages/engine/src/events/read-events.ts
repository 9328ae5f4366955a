import type { EngineEvent } from "./engine-event.ts";
import { parseEvents } from "./parse-events.ts";

/** The events of a run that is over, from the text of its event log. */
export function readEvents(log: string): EngineEvent[] {
  return log.split("\n").flatMap(parseEvents);
}
