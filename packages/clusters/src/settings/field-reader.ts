import { isProperties, type JsonValue, type Properties } from "@coppice/core";
import type { ConfigProblem } from "./config-problem.ts";

/** Reads the fields of one object of the configuration and notes what is wrong, each with its path. */
export class FieldReader {
  readonly path: string;
  readonly problems: ConfigProblem[];
  readonly #fields: Properties;

  constructor(path: string, fields: Properties, problems: ConfigProblem[]) {
    this.path = path;
    this.#fields = fields;
    this.problems = problems;
  }

  /** Notes a problem with a field. */
  refuse(name: string, reason: string): void {
    this.problems.push({ property: `${this.path}.${name}`, reason });
  }

  /** The raw value of a field. */
  raw(name: string): JsonValue | undefined {
    return this.#fields[name];
  }

  /** Refuses fields whose names are not in the list: a misspelt one would be ignored silently. */
  only(...known: readonly string[]): void {
    for (const name of Object.keys(this.#fields)) {
      if (!known.includes(name)) this.refuse(name, `is not known; known are ${known.join(", ")}`);
    }
  }

  /** A text that may be absent. */
  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    this.refuse(name, "must be a text");
    return undefined;
  }

  /** A text that must be there; the empty text when it is not, which `problems` then tells. */
  requiredText(name: string): string {
    if (this.raw(name) === undefined) this.refuse(name, "is missing");
    return this.text(name) ?? "";
  }

  /** A TCP port that may be absent. */
  port(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65536) return value;
    this.refuse(name, "must be a port, 1 to 65535");
    return undefined;
  }

  /** Yes or no, no when absent. */
  flag(name: string): boolean {
    const value = this.raw(name);
    if (value !== undefined && typeof value !== "boolean") this.refuse(name, "must be true or false");
    return value === true;
  }

  /** Texts by name, empty when absent. */
  texts(name: string): Readonly<Record<string, string>> {
    const inner = this.object(name);
    if (inner === undefined) return {};
    return Object.fromEntries(Object.keys(inner.#fields).map((key) => [key, inner.requiredText(key)]));
  }

  /** A reader for an object inside this one; undefined when absent. */
  object(name: string): FieldReader | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (isProperties(value)) return new FieldReader(`${this.path}.${name}`, value, this.problems);
    this.refuse(name, "must be an object");
    return undefined;
  }

  /** Readers for all objects inside this one, by name. */
  objects(): readonly (readonly [string, FieldReader])[] {
    return Object.keys(this.#fields).flatMap((name) => {
      const reader = this.object(name);
      return reader === undefined ? [] : [[name, reader] as const];
    });
  }
}
