import { LabClass, type LabClassArgs, OverlayVmPool, type OverlayVmPoolArgs } from "@coppice/components";
import { CoppiceError, type Kind, labClassKind, overlayVmPoolKind } from "@coppice/core";
import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import { assertDescribed } from "./assert-described.ts";

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

interface Maker {
  readonly kind: Kind;
  make(name: string, inputs: Inputs, options: ComponentResourceOptions): ComponentResource;
}

/** Every component that can be made. as: a class's arguments are those of its kind, to which inputs are held first. */
export const components: readonly Maker[] = [
  {
    kind: labClassKind,
    make: (name, inputs, options) => new LabClass(name, inputs as unknown as LabClassArgs, options),
  },
  {
    kind: overlayVmPoolKind,
    make: (name, inputs, options) => new OverlayVmPool(name, inputs as unknown as OverlayVmPoolArgs, options),
  },
];

/** Makes a component by its class, after all that is wrong with its inputs has been said at once. */
export function makeComponent({ type, name, inputs, options }: WantedComponent): MadeComponent {
  const { kind, make } = makerOf(type);
  assertDescribed(kind, { name, inputs });
  const component = make(name, inputs, options);
  const outputs = Object.entries(component).filter(([field]) => Object.hasOwn(kind.outputs, field));
  return { component, outputs: Object.fromEntries(outputs) };
}

function makerOf(type: string): Maker {
  const found = components.find(({ kind }) => type === `coppice:index:${kind.name}`);
  if (found !== undefined) return found;
  throw new CoppiceError("provider.unknown-resource", {
    what: `The provider coppice knows no component ${type}`,
    why: `it knows ${components.map(({ kind }) => kind.name).join(", ")}`,
    wayOut: "Use the same version of the program's SDK and of the plugin",
  });
}
