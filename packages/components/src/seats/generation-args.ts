import type { BaseGenerationArgs } from "@coppice/provider";
import type { Input } from "@pulumi/pulumi";
import type { SeatsArgs } from "./seats-args.ts";

/** Where a generation comes from. */
export interface GenerationSource {
  readonly number: number;
  /** A template, or a stopped machine. */
  readonly vmid: Input<number>;
}

/** The arguments of a generation of a class. */
export function generationArgs(
  name: string,
  { cluster = "main", storage, vmids, nodes, pool }: SeatsArgs,
  { number, vmid }: GenerationSource,
): BaseGenerationArgs {
  return {
    cluster,
    class: name,
    number,
    source: vmid,
    storage,
    vmids,
    ...(nodes && { nodes: [...nodes] }),
    ...(pool !== undefined && { pool }),
  };
}
