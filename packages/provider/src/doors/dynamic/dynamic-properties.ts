import {
  isProperties,
  type JsonValue,
  type Properties,
  recordedUrn,
  urnFrom,
  withoutUrn,
  withUrn,
} from "@coppice/core";

/** The engine's text, which a dynamic resource has among its properties. */
const TEXT = "__provider";

/** The resource's own properties, without what the dynamic door adds. */
export function ownProperties(properties: Properties): Properties {
  const { [TEXT]: _, ...own } = withoutUrn(properties);
  return own;
}

/** The properties with what the dynamic door adds to them. */
export function withEnvelope(own: Properties, from: Properties): Properties {
  const text = from[TEXT];
  return withUrn(text === undefined ? own : { ...own, [TEXT]: text }, recordedUrn(from));
}

/** The dynamic door is told no URN; the class writes one among the inputs. */
export function urnOf(properties: Properties): string {
  return recordedUrn(properties) ?? "";
}

/**
 * The properties under the URN that is recorded, if there is one: the marks of what was made come from it, and stay as
 * they are when a resource gets another name by an alias, or its URN was told without its parents' types.
 */
export function underRecordedUrn(news: Properties, olds: Properties): Properties {
  return withUrn(news, recordedUrn(olds));
}

/** The properties of a new resource under the id of the state's home too. */
export function underOrigin(news: Properties, origin: string | undefined): Properties {
  const urn = recordedUrn(news);
  return withUrn(news, urn === undefined ? undefined : urnFrom(origin, urn));
}

/** The engine hands over values without their types. */
export function asProperties(value: unknown): Properties {
  const json = value as JsonValue | undefined; // what arrives was JSON on the wire
  return isProperties(json) ? json : {};
}
