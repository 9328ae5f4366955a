import type { Properties } from "./properties.ts";

/** The engine shows nobody a property whose name begins so (`IsInternalPropertyKey` in its sdk/go/common/resource). */
const NAME = "__urn";

/** The URN that a resource was made under, where its inputs or its state hold one. */
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
