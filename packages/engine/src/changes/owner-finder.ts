import type { DocumentName } from "../documents/document-urn.ts";
import type { EngineEvent } from "../events/engine-event.ts";

/** Finds the document to which a resource belongs, by the parents that the engine tells. */
export class OwnerFinder {
  readonly #parents = new Map<string, string>();
  /** What stands directly below the stack. */
  readonly #tops: readonly string[];

  /** @param events those of a run, in which every resource is told with its parent */
  constructor(events: readonly EngineEvent[]) {
    for (const event of events) {
      if (event.kind === "step" && event.parent !== undefined) this.#parents.set(event.urn, event.parent);
    }
    const isTop = ([, parent]: readonly [string, string]): boolean => isStack(parent);
    this.#tops = [...this.#parents].filter(isTop).map(([urn]) => urn);
  }

  /** The document; undefined for what belongs to none, as the stack itself and providers. */
  ownerOf(urn: string): DocumentName | undefined {
    let top = this.#parents.has(urn) ? urn : (this.#topOver(urn) ?? urn);
    // A parent is always told: of what the engine did not come to, its own URN alone is known.
    for (let parent = this.#parents.get(top); parent !== undefined && !isStack(parent); ) {
      top = parent;
      parent = this.#parents.get(top);
    }
    const [, kind, name] = /::coppice:index:([^:$]+)::(.+)$/.exec(top) ?? [];
    return kind === undefined || name === undefined ? undefined : { kind, name };
  }

  /**
   * What a resource is below whose inputs were refused: the engine tells no step of it. Its URN has the types of those that
   * it is below, and its name is that of the document or begins with it.
   */
  #topOver(urn: string): string | undefined {
    const [, type, name = ""] = /^([^$]+)\$.*::(.+)$/.exec(urn) ?? [];
    if (type === undefined) return undefined;
    const isOver = (top: string): boolean => name === nameOf(top) || name.startsWith(`${nameOf(top)}-`);
    const over = this.#tops.filter((top) => top.startsWith(`${type}::`) && isOver(top));
    return over.sort((a, b) => b.length - a.length)[0];
  }
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function isStack(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::");
}
