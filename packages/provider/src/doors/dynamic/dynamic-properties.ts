import { isProperties, type JsonValue, type Properties } from "@coppice/core";

/** Names beside a resource's own properties in a dynamic resource: the engine's text, and our URN. */
export const envelopeNames = ["__provider", "__urn"] as const;

/** The resource's own properties, without what the dynamic door adds. */
export function ownProperties(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !isEnvelope(name)));
}

/** The properties with what the dynamic door adds to them. */
export function withEnvelope(own: Properties, from: Properties): Properties {
  const envelope = Object.entries(from).filter(([name]) => isEnvelope(name));
  return { ...own, ...Object.fromEntries(envelope) };
}

/** The dynamic door is told no URN; the class writes one among the inputs. */
export function urnOf(properties: Properties): string {
  return typeof properties["__urn"] === "string" ? properties["__urn"] : "";
}

/**
 * The properties under the URN that is recorded, if there is one: the marks of what was made come from it, and stay as
 * they are when a resource gets another name by an alias, or its URN was told without its parents' types.
 */
export function underRecordedUrn(news: Properties, olds: Properties): Properties {
  const recorded = urnOf(olds);
  return recorded === "" ? news : { ...news, __urn: recorded };
}

/** The engine hands over values without their types. */
export function asProperties(value: unknown): Properties {
  const json = value as JsonValue | undefined; // what arrives was JSON on the wire
  return isProperties(json) ? json : {};
}

function isEnvelope(name: string): boolean {
  return envelopeNames.some((known) => known === name);
}
