import type { OpenCluster } from "@coppice/clusters";
import {
  type BaseGenerationInputs,
  CoppiceError,
  type Generation,
  type GenerationDisk,
  type Properties,
  unknownValue,
} from "@coppice/core";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { GenerationRun } from "./generation-run.ts";
import { inheritedConfig } from "./inherited-config.ts";
import { isGeneration, openGeneration } from "./make-generation.ts";
import { sourceDisks } from "./source-disks.ts";

/** What is known of a generation before it is made. */
export async function previewGeneration(
  inputs: BaseGenerationInputs,
  cluster: OpenCluster,
  context: ResourceContext,
): Promise<Properties> {
  const opened = await openIfThere(inputs, cluster, context);
  if (opened === undefined) return { ...inputs };
  if (isGeneration(opened)) return { ...inputs, ...opened };
  const config = inheritedConfig(opened.source.config.values);
  // How many machines they are is known; their numbers are given by the run.
  const copies = Object.fromEntries(opened.nodes.map((node) => [node, unknownValue]));
  return { ...inputs, owned: true, shared: opened.shared, copies, disks: plannedDisks(opened), config };
}

/**
 * The disks of a copy are as large as those of its source, so that what seats on them will take is known before it is
 * made. On storages of files a full clone makes qcow2 of all but the state of a TPM, which is raw everywhere.
 */
function plannedDisks({ source, hasFiles }: GenerationRun): GenerationDisk[] {
  return sourceDisks(source.config.values).map(({ slot, size }) => ({
    slot,
    format: hasFiles && slot !== "tpmstate0" ? "qcow2" : "raw",
    size,
  }));
}

/** A class that is made anew has its teacher's machine made in the same run: in a preview it is not there yet. */
async function openIfThere(
  inputs: BaseGenerationInputs,
  cluster: OpenCluster,
  context: ResourceContext,
): Promise<Generation | GenerationRun | undefined> {
  try {
    return await openGeneration({ inputs, cluster, context, mode: "preview" });
  } catch (error) {
    const { source, vmids, number } = inputs;
    const isOfClass = source >= vmids.from && source <= vmids.to;
    if (!isOfClass || !CoppiceError.is(error) || error.code !== "generation.no-source") throw error;
    context.inform(`Generation ${number} is copied from ${source}, which does not exist yet.`);
    return undefined;
  }
}
