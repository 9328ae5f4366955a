import { questionsOnTerminal } from "../terminal/questions-on-terminal.ts";
import type { AddCommand } from "./add-command.ts";
import { addClusterFlags, type ClusterFlags, wishOf } from "./flags/cluster-flags.ts";

interface NewFlags extends ClusterFlags {
  readonly name?: string;
}

/** `coppice new [template] [folder]`: a project that runs as it stands; on a terminal it asks for what is not given. */
export const addNew: AddCommand = (program) => {
  const command = program
    .command("new")
    .description("make a project of a template; on a terminal, asks for what is not given")
    .argument("[template]", "what it begins as", "lab-class")
    .argument("[folder]", "the new project's folder; its last part becomes the project's name")
    .option("--name <name>", "the project's name, if not the folder's")
    .action(async (template: string, folder: string | undefined, flags: NewFlags) => {
      process.exitCode = await make({ template, folder, ...flags });
    });
  addClusterFlags(command);
};

type NewOptions = NewFlags & { readonly template: string; readonly folder: string | undefined };

async function make({ template, folder: given, name, ...flags }: NewOptions): Promise<number> {
  const [{ newProject }, { nextSteps }, { typedCommand }, { nextTry }] = await Promise.all([
    import("../new-project/new-project.ts"),
    import("../new-project/next-steps.ts"),
    import("../output/typed-command.ts"),
    import("../new-project/next-try.ts"),
  ]);
  const path = process.env["PATH"];
  const questions = await questionsOnTerminal();
  const answered: [option: string, value: string][] = [];
  const remember = (option: string, value: string) => void answered.push([option, value]);
  let folder = given;
  try {
    folder ??= (await questions?.ask("Folder of the new project", "lab-class")) ?? "lab-class";
    const asking = { questions, environment: process.env, remember };
    const made = await newProject({ template, folder, name, cluster: wishOf(flags) }, asking);
    process.stdout.write(`${nextSteps({ ...made, folder, command: typedCommand(path) }).join("\n")}\n`);
    return 0;
  } catch (error) {
    const command = typedCommand(path, process.argv[1]);
    return await failed(error, nextTry({ template, folder, command, answered }));
  } finally {
    questions?.close();
  }
}

async function failed(error: unknown, advice: readonly string[]): Promise<number> {
  const [{ failureText }, { InterruptedError }] = await Promise.all([
    import("../output/failure-text.ts"),
    import("../terminal/interrupted-error.ts"),
  ]);
  const isInterrupted = error instanceof InterruptedError;
  const lines = isInterrupted ? ["", "Nothing was written."] : [failureText(error), ...advice];
  process.stderr.write(`${lines.join("\n")}\n`);
  // As a shell reports a program that Ctrl-C ended.
  return isInterrupted ? 130 : 1;
}
