import { DocumentsLab } from "../documents-lab.ts";
import type { Documents } from "../random-edits.ts";
import { toldDocuments } from "./told-documents.ts";
import { type Answer, PASSWORD, WAY_CLUSTER, type Way } from "./way.ts";

/** Documents that `coppice up` makes. */
export async function documentWay(): Promise<Way> {
  const lab = await DocumentsLab.start({}, WAY_CLUSTER);
  await lab.write("all/password", PASSWORD);
  const printed: string[] = [];
  const run = async (...args: readonly string[]): Promise<Answer> => {
    const { code, out, err } = await lab.run(...args);
    printed.push(out, err);
    return { code, said: `${out}\n${err}` };
  };
  return {
    name: "a document and coppice up",
    emulator: lab.emulator,
    folder: lab.folder,
    printed,
    wrote: ["password"],
    declare: async (documents: Documents) => {
      const texts = Object.entries(documents).map(([name, fields]) => JSON.stringify({ name, ...fields }));
      await lab.write("all/all.yaml", texts.join("\n---\n"));
    },
    preview: async ({ refresh = false } = {}) =>
      await run("preview", "all", "--json", ...(refresh ? ["--refresh"] : [])),
    isEmpty: ({ said }) => toldDocuments(said).every(({ change }) => change === "same"),
    startUp: () => {
      const { pid, ended } = lab.startToEnd(["up", "all", "--yes"]);
      const finished = async (): Promise<Answer> => {
        const { code, out, err } = await ended;
        printed.push(out, err);
        return { code, said: `${out}\n${err}` };
      };
      return { pid, finished };
    },
    destroy: async () => await run("destroy", "all", "--yes"),
    remove: () => lab.remove(),
  };
}
