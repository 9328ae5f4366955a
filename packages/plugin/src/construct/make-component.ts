import { components, type DescribedComponent, findComponentMistakes } from "@coppice/components/construct";
import { CoppiceError } from "@coppice/core";
import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import { mistakesRefusal } from "./refusal.ts";

/** A component as a program of another language asks for it. */
export interface WantedComponent {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  readonly options: ComponentResourceOptions;
}

/** A component and what it makes known. */
export interface MadeComponent {
  readonly component: ComponentResource;
  readonly outputs: Inputs;
}

/** Makes a component by its class, after all that is wrong with its inputs has been said at once. */
export function makeComponent({ type, name, inputs, options }: WantedComponent): MadeComponent {
  const { kind, make } = componentOf(type);
  const mistakes = findComponentMistakes(kind, { name, inputs });
  if (mistakes.length > 0) throw mistakesRefusal(mistakes);
  const component = make(name, inputs, options);
  const outputs = Object.entries(component).filter(([field]) => Object.hasOwn(kind.outputs, field));
  return { component, outputs: Object.fromEntries(outputs) };
}

function componentOf(type: string): DescribedComponent {
  const found = components.find(({ kind }) => type === `coppice:index:${kind.name}`);
  if (found !== undefined) return found;
  throw new CoppiceError("provider.unknown-resource", {
    what: `The provider coppice knows no component ${type}`,
    why: `it knows ${components.map(({ kind }) => kind.name).join(", ")}`,
    wayOut: "Use the same version of the program's SDK and of the plugin",
  });
}
