import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Asking } from "../new-cluster/asking.ts";
import type { ClusterWish } from "../new-cluster/cluster-wish.ts";
import { newCluster } from "../new-cluster/new-cluster.ts";
import { assertMayWrite, cannotTake } from "./assert-may-write.ts";
import { findTemplate } from "./find-template.ts";
import { newerNode } from "./newer-node.ts";
import { ownPackages } from "./own-packages.ts";
import { packPackages } from "./pack-packages.ts";
import { projectName } from "./project-name.ts";
import { writeProject } from "./write-project.ts";

/** What is given of a new project. */
export interface ProjectWish {
  readonly template: string;
  readonly folder: string;
  readonly name?: string | undefined;
  readonly cluster: ClusterWish;
}

/** A project that was made. */
export interface MadeProject {
  readonly name: string;
  readonly hasCluster: boolean;
}

/**
 * Makes a project that installs and previews where it stands. Whatever is wrong with what was given ends it before
 * anything is written.
 */
export async function newProject(wish: ProjectWish, asking: Asking): Promise<MadeProject> {
  const template = await findTemplate(wish.template);
  const target = resolve(wish.folder);
  await assertMayWrite(wish.folder);
  const suggested = projectName(target, wish.name);
  const answer = wish.name ?? (await asking.questions?.ask("Name of the project", suggested));
  const name = projectName(target, answer);
  if (wish.name === undefined && name !== suggested) asking.remember?.("--name", name);
  const cluster = await newCluster(wish.cluster, asking);
  const draft = await mkdtemp(join(tmpdir(), "coppice-packages-"));
  try {
    const files = await packPackages(ownPackages(), draft);
    const nodes = await newerNode(asking.environment);
    await writeProject(target, { name, template, packed: { folder: draft, files }, nodes, cluster });
  } catch (error) {
    throw cannotTake(wish.folder, error);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return { name, hasCluster: cluster !== undefined };
}
