import {
  type BaseGenerationState,
  isList,
  isProperties,
  type JsonValue,
  type Properties,
  readOverlayPoolState,
  recordedUrn,
  resourceName,
} from "@coppice/core";
import { ownershipMark } from "../ownership/ownership-mark.ts";
import type { RecordedClass, RecordedGeneration, RecordedStack } from "./recorded-stack.ts";

/**
 * Reads what a stack has on a cluster out of its state, as `pulumi stack export` writes it: through either door, and
 * whatever else is in there. Nothing of it is secret, so the state need not be decrypted.
 *
 * @example readRecordedStack(JSON.parse(text), { stack: "demo/dev", cluster: "main" })
 */
export function readRecordedStack(
  exported: JsonValue,
  { stack, cluster }: { readonly stack: string; readonly cluster: string },
): RecordedStack {
  const deployment = property(exported, "deployment");
  const resources = listOf(deployment, "resources").filter(isProperties);
  const read = <State>(kind: string, stateOf: (outputs: Properties) => State) =>
    resources.flatMap((resource) => {
      const { type, urn, outputs } = resource;
      if (typeof type !== "string" || typeof urn !== "string" || !isProperties(outputs)) return [];
      if (resourceName(type) !== kind || (outputs["cluster"] ?? "main") !== cluster) return [];
      const madeAs = recordedUrn(outputs) ?? recordedUrn(propertiesOf(resource["inputs"])) ?? urn;
      return [{ stack, mark: ownershipMark(madeAs), urn: madeAs, state: stateOf(outputs) }];
    });
  const classes: RecordedClass[] = read("OverlayPool", (outputs) => ({
    ...readOverlayPoolState(outputs),
    // A creation that was cut off may have recorded none.
    seats: readOverlayPoolState(outputs).seats ?? {},
  }));
  // The handler's own state.
  const generations: RecordedGeneration[] = read(
    "BaseGeneration",
    (outputs) => outputs as unknown as BaseGenerationState,
  );
  const origin = originIn(resources);
  const isOpen = listOf(deployment, "pending_operations").length > 0;
  return { name: stack, classes, generations, isOpen, ...(origin !== undefined && { origin }) };
}

/** The state has the configuration of its providers too. */
function originIn(resources: readonly Properties[]): string | undefined {
  const providers = resources.filter(({ type }) => type === "pulumi:providers:coppice");
  const origins = providers.map(({ inputs }) => propertiesOf(inputs)["origin"]);
  return origins.find((origin) => typeof origin === "string");
}

function property(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return propertiesOf(value)[name];
}

function propertiesOf(value: JsonValue | undefined): Properties {
  return isProperties(value) ? value : {};
}

function listOf(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  const found = property(value, name);
  return isList(found) ? found : [];
}
