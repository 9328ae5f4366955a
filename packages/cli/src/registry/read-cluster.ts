import { join } from "node:path";
import { CoppiceError, type Properties } from "@coppice/core";
import { documentMistakesText, readDocuments } from "@coppice/spec";
import { clusterNames } from "./cluster-names.ts";
import { readLimited } from "./read-limited.ts";
import type { RegisteredCluster } from "./registered-cluster.ts";

/**
 * Reads a registered cluster out of its document.
 *
 * @throws CoppiceError `cluster.unknown`, `document.invalid`
 */
export async function readCluster(folder: string, name: string): Promise<RegisteredCluster> {
  const file = join(folder, `${name}.yaml`);
  const text = await readLimited(file).catch(async (error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? await unknown(folder, name) : error;
  });
  return clusterIn({ file, text }, name);
}

/** The cluster that a text describes; what else stands there is a mistake. */
export function clusterIn(
  source: { readonly file: string; readonly text: string },
  name: string,
): RegisteredCluster {
  const { documents, mistakes } = readDocuments([source]);
  const [first, second] = documents;
  const isOne = first?.kind === "Cluster" && first.name === name && second === undefined;
  if (mistakes.length > 0) throw invalid(source.file, documentMistakesText(mistakes));
  if (!isOne) throw invalid(source.file, `it has to describe one thing: the Cluster '${name}'`);
  // as: a document's values are what YAML and JSON have in common.
  return { name, file: source.file, inputs: first.inputs as Properties };
}

async function unknown(folder: string, name: string): Promise<CoppiceError> {
  const known = await clusterNames(folder);
  return new CoppiceError("cluster.unknown", {
    what: `No cluster ${JSON.stringify(name)} is registered`,
    why: known.length === 0 ? "none is" : `registered are ${known.join(", ")}`,
    wayOut: "Register it by `coppice cluster add`",
  });
}

function invalid(file: string, why: string): CoppiceError {
  return new CoppiceError("document.invalid", {
    what: `The registered cluster in ${file} cannot be used`,
    why,
    wayOut: "Correct the file",
  });
}
