import type { BaseGenerationArgs } from "@coppice/provider";
import type { Input } from "@pulumi/pulumi";
import type { LabClassArgs, OverlayVmPoolArgs } from "../generated/arguments.ts";

/** Where a generation comes from. */
export interface GenerationSource {
  readonly number: number;
  /** A template, or a stopped machine. */
  readonly vmid: Input<number>;
}

/** The arguments of a generation of a class. */
export function generationArgs(
  name: string,
  args: LabClassArgs | OverlayVmPoolArgs,
  { number, vmid }: GenerationSource,
): BaseGenerationArgs {
  const { cluster, storage, vmids, nodes, tenant, overcommit } = args;
  const pool = tenant ?? args.pool;
  return {
    class: name,
    number,
    source: vmid,
    storage,
    vmids,
    ...(cluster !== undefined && { cluster }),
    ...(nodes !== undefined && { nodes }),
    ...(pool !== undefined && { pool }),
    ...(tenant !== undefined && { tenant }),
    ...(overcommit !== undefined && { overcommit }),
  };
}
