import type { GenerationCopy, GenerationDisk, MachineConfig } from "@coppice/core";
import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { registrationOf } from "../../doors/resource-classes.ts";
import { baseGenerationSchema } from "./base-generation-schema.ts";

/** Inputs of {@link BaseGeneration}. */
export interface BaseGenerationArgs {
  /** Name of the configured cluster, for example `main`. */
  readonly cluster: Input<string>;
  /** Name of the class, for example `networks-101`. */
  readonly class: Input<string>;
  /** Number of the generation, from 1. Another number is another generation. */
  readonly number: Input<number>;
  /** Vmid of a template, or of a stopped machine, for example 9000. */
  readonly source: Input<number>;
  /** Storage that carries the seats' disks, for example `nas`. */
  readonly storage: Input<string>;
  /** The class's own numbers, both ends included; a copy takes the highest that is free. */
  readonly vmids: Input<{ from: number; to: number }>;
  /** Nodes that seats will be on; all that are online when absent. */
  readonly nodes?: Input<Input<string>[]> | undefined;
  /** An existing Proxmox pool that copies become members of, for example `lab`. */
  readonly pool?: Input<string> | undefined;
}

/**
 * An immutable, numbered base of a class: a template's disks that overlays stand on.
 *
 * @example
 * const first = new BaseGeneration("lab", {
 *   cluster: "main", class: "lab", number: 1, source: 9000, storage: "nas", vmids: { from: 20000, to: 20999 },
 * });
 */
export class BaseGeneration extends CustomResource {
  declare readonly number: Output<number>;
  declare readonly storage: Output<string>;
  declare readonly shared: Output<boolean>;
  declare readonly owned: Output<boolean>;
  declare readonly copies: Output<Record<string, GenerationCopy>>;
  declare readonly disks: Output<GenerationDisk[]>;
  declare readonly config: Output<MachineConfig>;

  constructor(name: string, args: BaseGenerationArgs, options?: CustomResourceOptions) {
    const registration = registrationOf({ schema: baseGenerationSchema }, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}
