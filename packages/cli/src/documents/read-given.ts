import { dirname, relative, resolve } from "node:path";
import type { Properties } from "@coppice/core";
import type { Environment } from "@coppice/engine";
import { type DocumentMistake, readDocuments, type Source, type SpecDocument } from "@coppice/spec";
import { clusterNames } from "../registry/cluster-names.ts";
import { readCluster } from "../registry/read-cluster.ts";
import { readLimited } from "../registry/read-limited.ts";
import { registryFolder } from "../registry/registry-folder.ts";
import { documentFilesOf } from "./find-document-files.ts";
import { toRegister } from "./to-register.ts";

/** Documents that a person gave, with the clusters that they are on. */
export interface GivenDocuments {
  readonly documents: readonly SpecDocument[];
  readonly mistakes: readonly DocumentMistake[];
  /** Entries of `coppice:clusters`: of the documents themselves, and of the registry. */
  readonly clusters: Properties;
}

/** Thousands at once would be more open files than many systems allow. */
const AT_ONCE = 64;

/** Reads files as they are, each to the limit beyond which it is no description. */
export async function readSources(files: readonly string[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    sources.push(...(await Promise.all(some.map(async (file) => ({ file, text: await readLimited(file) })))));
  }
  return sources;
}

/** Reads documents, and the clusters that they are on out of the registry where the documents do not say them. */
export async function readGiven(
  sources: readonly Source[],
  environment: Environment,
): Promise<GivenDocuments> {
  const folder = registryFolder(environment);
  const registered = await clusterNames(folder);
  const whole = sources.map(({ file, text }) => ({ file: resolve(file), text }));
  const names = new Map(sources.map(({ file }) => [resolve(file), file]));
  const shown = (file: string): string => names.get(file) ?? relative("", file);
  const surroundings = {
    clusters: registered,
    plans: [],
    toRegister: toRegister(folder, environment),
    shown,
  };
  const alone = readDocuments(whole, surroundings);
  const { documents, mistakes } =
    alone.mistakes.length === 0
      ? alone
      : readDocuments(whole, { ...surroundings, beside: await readBeside(whole) });
  const said = mistakes.map((mistake) => ({ ...mistake, file: shown(mistake.file) }));
  const own = documents.filter(({ kind }) => kind === "Cluster");
  const described = new Set(own.map(({ name }) => name));
  const used = new Set(documents.map(({ cluster }) => cluster));
  const others = registered.filter((name) => used.has(name) && !described.has(name));
  const read = await Promise.all(others.map((name) => readCluster(folder, name)));
  const clusters = Object.fromEntries([...own, ...read].map(({ name, inputs }) => [name, inputs]));
  // as: a document's values are what YAML and JSON have in common.
  return { documents, mistakes: said, clusters: clusters as Properties };
}

/** What lies beside files: who names one of a folder means its references as they are in the whole of it. */
async function readBeside(sources: readonly Source[]): Promise<Source[]> {
  const given = new Set(sources.map(({ file }) => file));
  const folders = new Set(sources.map(({ file }) => dirname(file)));
  const files = await Promise.all([...folders].map(documentFilesOf));
  return await readSources(files.flat().filter((file) => !given.has(file)));
}

/** The entries of clusters, as far as they are registered. */
export async function registeredClusters(
  environment: Environment,
  names: ReadonlySet<string>,
): Promise<Properties> {
  const folder = registryFolder(environment);
  const own = (await clusterNames(folder)).filter((name) => names.has(name));
  const read = await Promise.all(own.map((name) => readCluster(folder, name)));
  return Object.fromEntries(read.map(({ name, inputs }) => [name, inputs]));
}
