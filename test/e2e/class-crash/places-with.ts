import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { CrashLab } from "./crash-lab.ts";

/**
 * Everything that a stack leaves behind and that has a text in it: what commands printed, the project's folder with
 * states, backups and event logs, and the logs of the cluster's tasks.
 */
export function placesWith({ stack, cluster }: CrashLab, text: string): string[] {
  const { data, nodes } = cluster.emulator.cluster;
  const tasks = [...nodes.keys()].map((node) => join(data, "nodes", node, "tasks"));
  return [
    ...(stack.printed.some((output) => output.includes(text)) ? ["output"] : []),
    ...[stack.folder, ...tasks].flatMap((folder) =>
      filesIn(folder)
        .filter((file) => linesOf(file).some((line) => line.includes(text)))
        .map((file) => relative(folder, file)),
    ),
  ];
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return files.filter((file) => !file.includes("node_modules"));
}

/**
 * Debug events are left out: Pulumi's own SDK writes each answer of the engine into the event log in the clear
 * (sdk/nodejs/runtime/resource.ts), whatever the provider.
 */
function linesOf(file: string): string[] {
  const lines = readFileSync(file, "latin1").split("\n");
  return file.endsWith(".log") ? lines.filter((line) => !line.includes('"severity":"debug"')) : lines;
}
