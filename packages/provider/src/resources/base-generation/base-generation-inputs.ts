import type { Generation } from "@coppice/core";

/** Inputs of a `BaseGeneration`: which machine becomes the immutable base of a class, and under which number. */
export type BaseGenerationInputs = {
  cluster: string;
  /** Name of the class. */
  class: string;
  number: number;
  /** Vmid of a template, or of a stopped machine. */
  source: number;
  /** Storage that carries the seats' disks. */
  storage: string;
  /** The class's numbers; a copy takes the highest that is free. */
  vmids: { from: number; to: number };
  /** Nodes that seats will be on; all that are online when absent. */
  nodes?: string[];
  /** An existing Proxmox pool that copies become members of. */
  pool?: string;
};

/** What a `BaseGeneration` records. */
export type BaseGenerationState = BaseGenerationInputs & Generation;
