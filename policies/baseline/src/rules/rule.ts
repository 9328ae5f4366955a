import type { BaseGenerationInputs, OverlayPoolInputs, OverlayVmPoolInputs } from "@coppice/core";
import type { PolicyConfigSchema } from "@pulumi/policy";

/**
 * What is described of the resources that rules look at, as the provider's check leaves it; of components, as the program
 * wrote it.
 */
export interface Described {
  readonly OverlayPool: OverlayPoolInputs;
  readonly BaseGeneration: BaseGenerationInputs;
  /** Without its defaults. */
  readonly OverlayVmPool: Pick<OverlayVmPoolInputs, "template" | "vmids"> & Partial<OverlayVmPoolInputs>;
}

/** What a rule is judged by, beside the resource. */
export interface Circumstances<Settings> {
  readonly settings: Settings;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** One rule of the pack, as data and pure functions. */
export interface Rule<Settings extends object> {
  /** The key of its settings; a published name, for ever. */
  readonly name: string;
  readonly description: string;
  readonly settings: PolicyConfigSchema["properties"];
  /** By resource, what it does wrong, in sentences. Whatever is read must be known before the run. */
  readonly find: {
    readonly [Kind in keyof Described]?: (
      inputs: Described[Kind],
      circumstances: Circumstances<Settings>,
    ) => readonly string[];
  };
  /** What is added to the seats of a class where the rule may mend what it finds. */
  readonly mend?: (
    inputs: OverlayPoolInputs,
    circumstances: Circumstances<Settings>,
  ) => Partial<OverlayPoolInputs> | undefined;
}
