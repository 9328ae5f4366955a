import type { KindName } from "@coppice/core";
import { planUndo, previewDocuments, previewRemoval, readPools, readStack } from "@coppice/engine";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { type ApplyOptions, applyPreviewed } from "./apply-given.ts";
import { withDocumentWork } from "./document-work.ts";
import { versionsOf } from "./history-of.ts";
import { registeredClusters } from "./read-given.ts";

/** Goes back to what a version of a cluster's documents declared. The exit code is the answer. */
export async function undoTo(
  number: number,
  options: ApplyOptions & { readonly cluster: string },
): Promise<number> {
  const { cluster, message = `coppice undo ${number}` } = options;
  const engine = await openEngineOptions(process.env);
  const name = { project: "coppice-tenant", stack: cluster };
  const [versions, pools, { documents: recorded }] = await Promise.all([
    versionsOf(engine, cluster),
    readPools(engine, name),
    readStack(engine, name),
  ]);
  const plan = planUndo({ versions, number, pools, now: Date.now() });
  const documents = plan.documents.map(({ kind, name, inputs }) => {
    // as: it was declared as a document of this kind.
    return { kind: kind as KindName, name, cluster, inputs, file: `version ${number}`, line: 1 };
  });
  const wanted = new Set(documents.map(({ kind, name }) => `${kind} ${name}`));
  const gone = recorded.filter(({ kind, name }) => !wanted.has(`${kind} ${name}`));
  const removals = gone.length === 0 ? [] : [{ ...name, cluster, documents: gone }];
  const clusters = await registeredClusters(process.env);
  return await withDocumentWork(clusters, async (at) => {
    const { environment, who } = at;
    const order = { documents, clusters, environment, message, who };
    const stacks = [
      ...(await previewDocuments(at.parts, order, at.talk)),
      ...(await previewRemoval(at.parts, { order, removals }, at.talk)),
    ];
    const notes = [...plan.losses.map(({ text }) => `${text}.`), FILES_STAY];
    const application = { ...options, command: "undo", usualMessage: message, notes, removals } as const;
    return await applyPreviewed(application, { stacks, order, at });
  });
}

/** Else the next application of the file would take the undo back. */
const FILES_STAY = "No file is changed by this: `coppice show <name>` prints what is declared then.";
