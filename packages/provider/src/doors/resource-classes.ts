import { CoppiceError, type Kind } from "@coppice/core";
import { Config, type CustomResourceOptions, type Inputs, secret } from "@pulumi/pulumi";
import { outputFields, secretNames } from "../kit/kind-properties.ts";
import { type Door, typeBehind } from "../kit/other-door.ts";
import { engineUrn } from "./dynamic/engine-urn.ts";
import { handlerName, providerText } from "./dynamic/provider-text.ts";

/** What a resource class hands to Pulumi's own constructor. */
export interface Registration {
  readonly type: string;
  readonly inputs: Inputs;
  readonly options: CustomResourceOptions;
}

/** What a resource class knows of itself. */
export interface ClassFacts {
  readonly kind: Kind;
  /** The module in which the dynamic door finds the handler. @default "@coppice/components/handlers" */
  readonly handlers?: string;
}

/**
 * The one place that decides through which door a stack's resources go: the plugin, or with the stack's
 * configuration `coppice:door: dynamic` Pulumi's dynamic provider.
 */
export function registrationOf(
  facts: ClassFacts,
  name: string,
  args: Inputs,
  options: CustomResourceOptions = {},
): Registration {
  const { kind } = facts;
  const unset = Object.keys(outputFields(kind)).map((output) => [output, undefined] as const);
  const inputs = { ...Object.fromEntries(unset), ...hidden(kind, args) };
  const additionalSecretOutputs = [...(options.additionalSecretOutputs ?? []), ...secretNames(kind)];
  const door = chosenDoor();
  const type = typeBehind[door](kind.name);
  // Known to the engine as the same resource, one that the other door keeps can be refused before any change.
  const other = { type: typeBehind[door === "plugin" ? "dynamic" : "plugin"](kind.name) };
  const aliases = [...(options.aliases ?? []), other];
  const merged = { ...options, additionalSecretOutputs, aliases };
  if (door === "plugin") return { type, inputs, options: merged };
  const __provider = providerText(facts.handlers ?? "@coppice/components/handlers", handlerName(kind.name));
  const __urn = engineUrn(type, name, options);
  return { type, inputs: { ...inputs, __provider, __urn }, options: merged };
}

function chosenDoor(): Door {
  const door = new Config("coppice").get("door") ?? "plugin";
  if (door === "plugin" || door === "dynamic") return door;
  throw new CoppiceError("provider.config", {
    what: `The configuration coppice:door is ${JSON.stringify(door)}`,
    why: "there are two doors, plugin and dynamic",
    wayOut: "Type `pulumi config set coppice:door plugin`",
  });
}

function hidden(kind: Kind, args: Inputs): Inputs {
  const secrets = secretNames(kind);
  const entries = Object.entries(args).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    secrets.has(name) ? secret(value) : value,
  ]);
  return Object.fromEntries(entries);
}
