import type { DocumentName } from "../documents/document-urn.ts";
import type { EngineEvent } from "../events/engine-event.ts";

/** Finds the document to which a resource belongs, by the parents that the engine tells. */
export class OwnerFinder {
  readonly #parents = new Map<string, string>();

  /** @param events those of a run, in which every resource is told with its parent */
  constructor(events: readonly EngineEvent[]) {
    for (const event of events) {
      if (event.kind === "step" && event.parent !== undefined) this.#parents.set(event.urn, event.parent);
    }
  }

  /** The document; undefined for what belongs to none, as the stack itself and providers. */
  ownerOf(urn: string): DocumentName | undefined {
    let top = urn;
    // A parent is always told: of what the engine did not come to, its own URN alone is known.
    for (let parent = this.#parents.get(top); parent !== undefined && !isStack(parent); ) {
      top = parent;
      parent = this.#parents.get(top);
    }
    const [, kind, name] = /::coppice:index:([^:$]+)::(.+)$/.exec(top) ?? [];
    return kind === undefined || name === undefined ? undefined : { kind, name };
  }
}

function isStack(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::");
}
