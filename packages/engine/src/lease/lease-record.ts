import { type Properties, parseProperties } from "@coppice/core";

/** An engine that a holder has started. */
export interface EngineRecord {
  readonly host: string;
  readonly pid: number;
  /** See `processBirth`. */
  readonly birth: string;
}

/** What a lease's file says of its holder. */
export interface LeaseRecord {
  readonly id: string;
  readonly who: string;
  readonly host: string;
  /** See `Computer`. */
  readonly computer: string;
  readonly pid: number;
  /** See `processBirth`. */
  readonly birth: string;
  /** By the holder's own clock, for people. */
  readonly since: string;
  /** By the holder's own clock. That it changes says that the holder lives; what it says is compared with no other clock. */
  readonly renewed: string;
  /** The engine that works for the holder. */
  readonly engine?: EngineRecord;
  /** Engines of earlier holders that have lapsed or died: a lock that one of them has left is nobody's. */
  readonly gone: readonly EngineRecord[];
  /** The holder is done. */
  readonly released?: true;
}

/** The record that a text is; undefined for one that was cut off or is something else. */
export function parseLease(text: string): LeaseRecord | undefined {
  const values = parseProperties(text);
  return values !== undefined && isRecord(values) ? values : undefined;
}

function isRecord(values: Properties): values is Properties & LeaseRecord {
  const texts = ["id", "who", "host", "computer", "birth", "since", "renewed"];
  return (
    texts.every((name) => typeof values[name] === "string") &&
    typeof values["pid"] === "number" &&
    Array.isArray(values["gone"])
  );
}
