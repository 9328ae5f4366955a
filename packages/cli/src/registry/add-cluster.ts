import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError, type Properties, parseName, parseProperties } from "@coppice/core";
import { replaceFile } from "@coppice/engine";
import { documentText } from "@coppice/spec";
import type { NewCluster } from "../new-cluster/new-cluster.ts";
import { clusterIn } from "./read-cluster.ts";
import { withClusterLock } from "./with-cluster-lock.ts";

/** Refuses a name that is none, or that a registered cluster has. */
export async function assertFree(folder: string, name: string): Promise<void> {
  parseName("cluster", name);
  const file = fileOf(folder, name);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new CoppiceError("cluster.exists", {
    what: `The cluster '${name}' is registered, in ${file}`,
    wayOut: `Choose another name, or take it out by \`coppice cluster remove ${name}\``,
  });
}

/**
 * Registers a cluster. Its document comes last: a command that breaks off before leaves no entry, and what it left is
 * written over.
 */
export async function addCluster(
  folder: string,
  name: string,
  { settings, files }: Pick<NewCluster, "settings" | "files">,
): Promise<string> {
  return await withClusterLock({ folder, name, work: `add ${name}` }, async () => {
    await assertFree(folder, name);
    const own = files.map((file) => ({ ...file, path: join(name, file.name) }));
    const paths = new Map(own.map((each) => [each.name, each.path]));
    const inputs = { ...settings, ...ownPaths(settings, paths) };
    // What is undefined there, JSON leaves out.
    const said = parseProperties(JSON.stringify(inputs)) ?? {};
    const text = documentText({ kind: "Cluster", name, inputs: said });
    clusterIn({ file: fileOf(folder, name), text }, name);
    if (own.length > 0) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
    for (const { path, text: content } of own) await replaceFile(join(folder, path), content);
    await replaceFile(fileOf(folder, name), text);
    return fileOf(folder, name);
  });
}

/** The fields that name a file of the entry, by where it lies beside the document. */
function ownPaths({ token, caFile }: NewCluster["settings"], paths: ReadonlyMap<string, string>): Properties {
  const tokenFile = typeof token === "object" ? token["file"] : undefined;
  const tokenPath = typeof tokenFile === "string" ? paths.get(tokenFile) : undefined;
  const caPath = typeof caFile === "string" ? paths.get(caFile) : undefined;
  return {
    ...(tokenPath === undefined ? {} : { token: { file: tokenPath } }),
    ...(caPath === undefined ? {} : { caFile: caPath }),
  };
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.yaml`);
}
