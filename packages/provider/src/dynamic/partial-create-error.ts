import type { Properties } from "../resource/properties.ts";
import type { Unfinished } from "../resource/resource-handler.ts";
import { unfinishedLines } from "../resource/unfinished-lines.ts";

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
