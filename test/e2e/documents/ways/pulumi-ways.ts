import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "@coppice/emulator";
import { ClassStack, type ClassStackOptions } from "../../class/class-stack.ts";
import type { Documents } from "../random-edits.ts";
import { type Answer, PASSWORD, WAY_CLUSTER, type Way } from "./way.ts";

/** Plain `pulumi up` of the stack that makes what documents describe. */
export async function stackWay(): Promise<Way> {
  const declare = async ({ project }: ClassStack, documents: Documents) => {
    await project.configure("coppice-tenant:documents", JSON.stringify(documents));
  };
  const way = await pulumiWay("the stack and pulumi up", { example: "stacks/tenant" }, declare);
  writeFileSync(join(way.folder, "stacks/tenant/password"), PASSWORD);
  return { ...way, wrote: ["password"] };
}

/** A program of one's own that makes the components. */
export async function programWay(): Promise<Way> {
  const declare = async (stack: ClassStack, documents: Documents) => {
    await stack.write(programOf(documents));
  };
  const options = { example: "lab-class", env: { CLASS_PASSWORD: PASSWORD } };
  return { ...(await pulumiWay("a program and pulumi up", options, declare)), wrote: [] };
}

/** The components by their classes, as a person writes them. */
function programOf(documents: Documents): string {
  const made = Object.entries(documents).map(([name, { kind, version: _version, ...args }]) => {
    const text = JSON.stringify(args).replace('{"file":"password"}', "process.env.CLASS_PASSWORD");
    return `new ${String(kind)}(${JSON.stringify(name)}, ${text});\n`;
  });
  return `import { LabClass, OverlayVmPool } from "@coppice/components";\n${made.join("")}`;
}

type Declare = (stack: ClassStack, documents: Documents) => Promise<void>;

async function pulumiWay(
  name: string,
  options: ClassStackOptions,
  declare: Declare,
): Promise<Omit<Way, "wrote">> {
  const emulator = await startEmulator(WAY_CLUSTER);
  const stack = await ClassStack.create(emulator, options);
  const run = async (...args: readonly string[]): Promise<Answer> => {
    const { code, stdout, stderr } = await stack.run(...args);
    return { code, said: `${stdout}\n${stderr}` };
  };
  return {
    name,
    emulator,
    folder: stack.folder,
    printed: stack.printed,
    declare: async (documents) => await declare(stack, documents),
    preview: async ({ refresh = false } = {}) => await run("preview", ...(refresh ? ["--refresh"] : [])),
    isEmpty: ({ said }) => / \d+ unchanged/.test(said) && !/^ +[-+~]+ \d+ to /m.test(said),
    startUp: () => {
      const command = stack.start("up", "--yes", "--skip-preview");
      const finished = async (): Promise<Answer> => {
        const { code, stdout, stderr } = stack.seen(await command.finished());
        return { code, said: `${stdout}\n${stderr}` };
      };
      return { pid: command.pid ?? 0, finished };
    },
    unlock: async () => await run("cancel", "--yes"),
    destroy: async () => await run("destroy", "--yes", "--skip-preview"),
    remove: async () => {
      await stack.remove();
      await emulator.stop();
    },
  };
}
