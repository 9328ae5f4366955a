import type { BaseGeneration, OverlayPoolArgs } from "@coppice/provider";

/** What a pool is told beside whose it is and what it stands on. */
export type PoolSettings = Omit<OverlayPoolArgs, "class" | "base">;

/** The arguments of a class's pool on a generation. A resource as such cannot be an input: its outputs can. */
export function poolArgs(settings: PoolSettings, name: string, generation: BaseGeneration): OverlayPoolArgs {
  const { number, storage, shared, owned, copies, disks, config } = generation;
  const pool = settings.tenant ?? settings.pool;
  return {
    ...settings,
    ...(pool !== undefined && { pool }),
    class: name,
    base: { number, storage, shared, owned, copies, disks, config },
  };
}
