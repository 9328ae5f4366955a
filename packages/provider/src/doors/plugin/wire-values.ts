import { isList, isProperties, type JsonValue, type Properties, unknownValue } from "@coppice/core";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";

// The magic texts of Pulumi's wire format: sdk/go/common/resource/sig/sig.go and plugin/rpc.go.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const unknownByType: ReadonlySet<JsonValue> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Plain values out of a message: secrets unwrapped, every kind of unknown as `unknownValue`. */
export function fromWire(struct: Struct | undefined): Properties {
  if (struct === undefined) return {};
  // A Struct holds exactly what JSON can hold.
  const value = plain(struct.toJavaScript() as Properties);
  return isProperties(value) ? value : {};
}

/** Whether a value of a message is, or holds, a Pulumi secret. */
export function isSecretOnWire(struct: Struct | undefined, name: string): boolean {
  return struct !== undefined && holdsSecret(struct.toJavaScript()[name] as JsonValue | undefined); // as above
}

/** What becomes a Pulumi secret in a message. */
export interface Secrets {
  /** These properties. */
  readonly named?: ReadonlySet<string>;
  /** What is one in this message, at the same place: what a program gave as a secret stays one in every answer. */
  readonly like?: Struct | undefined;
}

/** A message out of plain values. */
export function toWire(properties: Properties, { named, like }: Secrets = {}): Struct {
  // Through JSON once, which drops what is undefined: a Struct cannot hold that.
  const values = JSON.parse(JSON.stringify(properties)) as Properties;
  const known = like?.toJavaScript() as Properties | undefined; // A Struct holds exactly what JSON can hold.
  const wrapped = Object.entries(values).map(([name, value]): [string, JsonValue] => [
    name,
    named?.has(name) === true ? asSecret(value) : secretLike(value, known?.[name]),
  ]);
  // The same values, with signatures around some.
  return structMessages.Struct.fromJavaScript(Object.fromEntries(wrapped) as Record<string, JavaScriptValue>);
}

/** As the engine itself does for a plugin that takes no secrets (`annotateSecrets` in resource/plugin). */
function secretLike(value: JsonValue, like: JsonValue | undefined): JsonValue {
  if (!isProperties(value) || !isProperties(like) || isSecret(like)) {
    return holdsSecret(like) ? asSecret(value) : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, secretLike(item, like[key])]));
}

/** A value as a secret, for a place inside of a message; what is absent or not known yet stays as it is. */
export function asSecret(value: JsonValue): JsonValue {
  return value === null || value === unknownValue ? value : { [signatureKey]: secretSignature, value };
}

function plain(value: JsonValue): JsonValue {
  if (unknownByType.has(value)) return unknownValue;
  if (isList(value)) return value.map(plain);
  if (!isProperties(value)) return value;
  if (isSecret(value)) return plain(value["value"] ?? null);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function holdsSecret(value: JsonValue | undefined): boolean {
  if (isList(value)) return value.some(holdsSecret);
  return isProperties(value) && (isSecret(value) || Object.values(value).some(holdsSecret));
}

function isSecret(value: Properties): boolean {
  return value[signatureKey] === secretSignature;
}
