import type { VolumeType } from "./volume-types.ts";

/** One section of storage.cfg, understood. */
export interface StorageConfig {
  readonly id: string;
  readonly type: string;
  /** The folder of a file storage, as the nodes see it. */
  readonly path?: string;
  readonly content: ReadonlySet<VolumeType | "none">;
  readonly shared: boolean;
  /** The nodes it is limited to; absent means all. */
  readonly nodes?: ReadonlySet<string>;
  readonly disabled: boolean;
  /** Every option as written, in the file's order. */
  readonly options: Readonly<Record<string, string>>;
}
