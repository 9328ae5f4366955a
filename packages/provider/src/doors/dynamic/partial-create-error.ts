import type { Unfinished } from "@coppice/clusters";
import type { Properties } from "@coppice/core";
import { unfinishedLines } from "../../kit/unfinished-lines.ts";

/** The form in which a dynamic provider reports a partly made resource (`id`, `properties`, `reasons`). */
export class PartialCreateError extends Error {
  readonly id: string;
  /** Holds `__provider` too: without it neither destroy nor refresh would find the handler. */
  readonly properties: Properties;
  readonly reasons: readonly string[];

  constructor(id: string, properties: Properties, unfinished: readonly Unfinished[]) {
    super(`${unfinished.length} unfinished; what was finished is kept, the next update does the rest`);
    this.id = id;
    this.properties = properties;
    this.reasons = unfinishedLines(unfinished);
  }
}
