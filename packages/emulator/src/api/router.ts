import type { Route } from "./route.ts";

/** A route that fits a request, and what its path parts hold. */
export interface Match {
  readonly route: Route;
  readonly pathParams: ReadonlyMap<string, string>;
}

interface Part {
  readonly name: string | undefined;
  readonly text: string;
  readonly rest: boolean;
  readonly pattern: RegExp | undefined;
}

interface Compiled {
  readonly route: Route;
  readonly parts: readonly Part[];
}

function compilePart(route: Route, text: string): Part {
  const match = /^\{([^}*]+)(\*?)\}$/.exec(text);
  const name = match?.[1];
  const source = name === undefined ? undefined : route.params[name]?.pattern;
  return {
    name,
    text,
    rest: match?.[2] === "*",
    pattern: source === undefined ? undefined : new RegExp(`^(?:${source})$`),
  };
}

function compile(route: Route): Compiled {
  const parts = route.path.split("/").filter((part) => part !== "");
  return { route, parts: parts.map((part) => compilePart(route, part)) };
}

/** Fixed parts win over named ones, from the left. */
function rank({ parts }: Compiled): string {
  return parts.map((part) => (part.name === undefined ? "0" : part.rest ? "2" : "1")).join("");
}

function fits({ parts }: Compiled, path: readonly string[]): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const value = part.rest ? path.slice(index).join("/") : path[index];
    if (value === undefined || value === "") return undefined;
    if (part.name === undefined) {
      if (part.text !== value) return undefined;
      continue;
    }
    if (part.pattern !== undefined && !part.pattern.test(value)) return undefined;
    found.set(part.name, value);
    if (part.rest) return found;
  }
  return parts.length === path.length ? found : undefined;
}

/** Finds routes by method and decoded path. */
export class Router {
  readonly #byFirst = new Map<string, Compiled[]>();

  constructor(routes: Iterable<Route>, version: string) {
    for (const route of routes) {
      if (route.versions !== undefined && !route.versions.includes(version)) continue;
      const compiled = compile(route);
      const key = keyOf(
        route.method,
        compiled.parts.map((part) => part.text),
      );
      this.#byFirst.set(key, [...(this.#byFirst.get(key) ?? []), compiled]);
    }
    for (const list of this.#byFirst.values())
      list.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
  }

  /** The route for a decoded path such as `/nodes/pve1/qemu`. */
  find(method: string, path: string): Match | undefined {
    const parts = path.split("/").filter((part) => part !== "");
    for (const candidate of this.#byFirst.get(keyOf(method, parts)) ?? []) {
      const pathParams = fits(candidate, parts);
      if (pathParams !== undefined) return { route: candidate.route, pathParams };
    }
    return undefined;
  }
}

/** Buckets by method, area and (below a node) the node's area, so that a look-up tries few routes. */
function keyOf(method: string, parts: readonly string[]): string {
  const [area = "", , third = ""] = parts;
  return area === "nodes" ? `${method} nodes ${third}` : `${method} ${area}`;
}
