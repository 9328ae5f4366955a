import type { ObservedCluster, OpenCluster, SteppedWork } from "@coppice/clusters";
import type { BaseGenerationInputs, ProgressItem } from "@coppice/core";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { Source } from "./find-source.ts";

/** One making of a generation: what it goes by. */
export interface GenerationRun extends SteppedWork {
  readonly inputs: BaseGenerationInputs;
  readonly cluster: OpenCluster;
  readonly context: ResourceContext;
  readonly mark: string;
  readonly observed: ObservedCluster;
  readonly source: Source;
  /** The nodes that get a copy. */
  readonly nodes: readonly string[];
  /** Whether one copy serves every node. */
  readonly shared: boolean;
  /** Whether the storage keeps disks as files, so that a format can be chosen. */
  readonly hasFiles: boolean;
  /** Ends the holding of room in the limits of the generation's tenant. */
  readonly release: () => void;
  /** The highest free number of the range; each is given once. */
  takeVmid(): number | undefined;
}

/** A generation as progress names it. */
export function generationItem({ number }: { readonly number: number }): ProgressItem {
  return { kind: "generation", name: String(number) };
}
