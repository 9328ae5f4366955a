import type { Properties } from "./properties.ts";
import { ORIGIN } from "./values/origin.ts";

/** The engine shows nobody a property whose name begins so (`IsInternalPropertyKey` in its sdk/go/common/resource). */
const NAME = "__urn";

/** What a resource was made under. */
export interface MadeUnder {
  readonly urn: string;
  /** The id of the home of the state that it was made from, where the run was told one. */
  readonly origin?: string;
}

/**
 * A URN with the id of the state's home that a resource is made from: two homes have projects, stacks and resources of the
 * same names. Without an id it stays the URN.
 *
 * @example urnFrom("h3f9a0c51d2e87b4", urn) // "h3f9a0c51d2e87b4:urn:pulumi:main::coppice-tenant::…"
 */
export function urnFrom(origin: string | undefined, urn: string): string {
  return origin === undefined ? urn : `${origin}:${urn}`;
}

const MADE = new RegExp(`^(${ORIGIN}):(urn:.*)$`, "s");

/** What `urnFrom` put together. */
export function madeUnder(made: string): MadeUnder {
  const [, origin, urn = made] = MADE.exec(made) ?? [];
  return { urn, ...(origin !== undefined && { origin }) };
}

/** The URN that a resource was made under, as `urnFrom` gives it, where its inputs or its state hold one. */
export function recordedUrn(properties: Properties): string | undefined {
  const urn = properties[NAME];
  return typeof urn === "string" && urn !== "" ? urn : undefined;
}

/** Properties that record the URN which a resource was made under; undefined: they record none. */
export function withUrn(own: Properties, urn: string | undefined): Properties {
  return urn === undefined ? own : { ...own, [NAME]: urn };
}

/** A resource's own properties: the URN among them is for the doors. */
export function withoutUrn(properties: Properties): Properties {
  const { [NAME]: _, ...own } = properties;
  return own;
}
