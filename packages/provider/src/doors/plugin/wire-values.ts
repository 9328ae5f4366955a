import { isList, isProperties, type JsonValue, type Properties } from "@coppice/core";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";
import { unknownValue } from "../../kit/unknown.ts";

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

/** A message out of plain values; the named properties become Pulumi secrets. */
export function toWire(properties: Properties, secrets: ReadonlySet<string> = new Set()): Struct {
  const entries = Object.entries(properties).filter(([, value]) => value !== undefined);
  const wrapped = entries.map(
    ([name, value]) => [name, secrets.has(name) ? asSecret(value) : value] as const,
  );
  // Through JSON once, which drops what is undefined inside: a Struct cannot hold that.
  const json = JSON.parse(JSON.stringify(Object.fromEntries(wrapped))) as Record<string, JavaScriptValue>;
  return structMessages.Struct.fromJavaScript(json);
}

function asSecret(value: JsonValue): JsonValue {
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
