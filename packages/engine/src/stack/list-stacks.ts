import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { documentProjects } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { backendFolder } from "../home/backend-folder.ts";
import type { StackName } from "../lease/stack-place.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { askEngine } from "./ask-engine.ts";

/** The stacks that there are, of the projects that documents make. */
export async function listStacks(options: EngineOptions): Promise<StackName[]> {
  const folder = backendFolder(options.home.backend);
  const found = folder === undefined ? await asked(options) : await inFiles(folder);
  const isOurs = ({ project }: StackName) => documentProjects.some((name) => name === project);
  return found.filter(isOurs).sort((a, b) => a.stack.localeCompare(b.stack));
}

async function inFiles(folder: string): Promise<StackName[]> {
  const lists = documentProjects.map(async (project) => {
    const files = (await readdir(join(folder, ".pulumi", "stacks", project)).catch(orUndefined)) ?? [];
    return files.flatMap((file) => {
      const [, stack] = /^([^/]+)\.json(?:\.gz)?$/.exec(file) ?? [];
      return stack === undefined ? [] : [{ project, stack }];
    });
  });
  return (await Promise.all(lists)).flat();
}

async function asked(options: EngineOptions): Promise<StackName[]> {
  const text = await askEngine(options, ["stack", "ls", "--all", "--json"]);
  const listed = JSON.parse(text) as readonly { readonly name: string }[]; // what it is asked for
  return listed.flatMap(({ name }) => {
    const [stack, project] = name.split("/").reverse();
    return stack === undefined || project === undefined ? [] : [{ project, stack }];
  });
}
