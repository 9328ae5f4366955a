import type { KindName } from "@coppice/core";
import {
  documentKey,
  previewOperation,
  type Removal,
  readPools,
  readStack,
  tenantStack,
} from "@coppice/engine";
import type { SpecDocument } from "@coppice/spec";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { type ApplyOptions, applyPreviewed } from "./apply-given.ts";
import { clusterVersions } from "./cluster-versions.ts";
import { withDocumentWork } from "./document-work.ts";
import { clustersOfStacks } from "./stack-clusters.ts";
import { type StackUndo, stackUndos } from "./stack-undos.ts";

/** Goes back to what a version of a cluster's documents declared, or of a tenant's on it. The exit code is the answer. */
export async function undoTo(
  number: number,
  options: ApplyOptions & { readonly cluster: string; readonly tenant?: string },
): Promise<number> {
  const { cluster, tenant, message = `coppice undo ${number}` } = options;
  const engine = await openEngineOptions(process.env);
  const versions = await clusterVersions(engine, { cluster, tenant });
  const machines = tenantStack(cluster, tenant);
  const pools = await readPools(engine, machines);
  const undos = stackUndos(versions, { number, pools, now: Date.now() });
  const names = undos.map(({ project }) => ({ project, stack: machines.stack, cluster }));
  const documents = undos.flatMap((undo) => documentsOf(undo, { cluster, number }));
  const removals = (
    await Promise.all(
      names.map(async (name) => removalsOf(name, (await readStack(engine, name)).documents, documents)),
    )
  ).flat();
  const clusters = await clustersOfStacks(engine, names);
  return await withDocumentWork(clusters, async (at) => {
    const { environment, who } = at;
    const order = { documents, clusters, environment, message, who };
    const preview = await previewOperation(at.parts, { order, removals }, at.talk);
    const losses = undos.flatMap(({ plan }) => plan.losses.map(({ text }) => `${text}.`));
    const notes = [...losses, FILES_STAY];
    const application = { ...options, command: "undo", usualMessage: message, notes, removals } as const;
    return await applyPreviewed(application, { ...preview, order, at });
  });
}

function documentsOf(
  { plan }: StackUndo,
  { cluster, number }: { readonly cluster: string; readonly number: number },
): SpecDocument[] {
  return plan.documents.map(({ kind, name, inputs }) => {
    // as: it was declared as a document of this kind.
    return { kind: kind as KindName, name, cluster, inputs, file: `version ${number}`, line: 1 };
  });
}

/** What there is of a stack, and is not wanted any more. */
function removalsOf(
  stack: Omit<Removal, "documents">,
  recorded: Removal["documents"],
  wanted: readonly SpecDocument[],
): Removal[] {
  const keys = new Set(wanted.map(documentKey));
  const documents = recorded.filter((each) => !keys.has(documentKey(each)));
  return documents.length === 0 ? [] : [{ ...stack, documents }];
}

/** Else the next application of the file would take the undo back. */
const FILES_STAY = "No file is changed by this: `coppice show <name>` prints what is declared then.";
