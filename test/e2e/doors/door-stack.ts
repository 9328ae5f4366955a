import { existsSync, statSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { StepEvent } from "@coppice/engine";
import { type CommandResult, changed, PulumiProject, type RecordedResource } from "@coppice/testkit";

/** Which door a stack uses. */
export type Door = "plugin" | "dynamic";

/** Inputs of one file set, as the program reads them. */
export interface Spec {
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  readonly gates?: string;
  readonly cluster?: string;
  readonly password?: string;
}

const program = `import { readFileSync } from "node:fs";
import { FileSet } from "@coppice/testkit/file-set";

const specs = JSON.parse(readFileSync("spec.json", "utf8"));
const sets = Object.entries(specs).map(([name, args]) => [name, new FileSet(name, args)]);
export const counts = Object.fromEntries(sets.map(([name, set]) => [name, set.count]));
`;

/** A stack of file sets whose program reads its wishes from a file, and the gates by which steps are held. */
export class DoorStack {
  readonly project: PulumiProject;
  readonly gates: string;

  /** @internal */
  private constructor(project: PulumiProject) {
    this.project = project;
    this.gates = join(project.folder, "gates");
  }

  /** Makes an empty stack behind a door. */
  static async create(door: Door): Promise<DoorStack> {
    // Relative: plugins run in the project's folder.
    const env = { COPPICE_TEST_CREDENTIALS: "used" };
    const stack = new DoorStack(await PulumiProject.create({ program, env }));
    await mkdir(stack.gates);
    await stack.want({});
    await stack.project.configure("coppice:door", door);
    return stack;
  }

  /** A path inside the stack's own folder. */
  path(...names: readonly string[]): string {
    return join(this.project.folder, ...names);
  }

  /** Writes what the program shall declare. */
  async want(specs: Readonly<Record<string, Spec>>): Promise<void> {
    await writeFile(this.path("spec.json"), JSON.stringify(specs));
  }

  /** Runs an update without a preview. */
  async up(): Promise<CommandResult> {
    return await this.project.run("up", "--yes", "--skip-preview");
  }

  /** The recorded resource of that name. */
  async resource(name: string): Promise<RecordedResource | undefined> {
    const { resources = [] } = await this.project.state();
    return resources.find((resource) => resource.urn.endsWith(`::${name}`));
  }

  /** What stands in a set's folder, without its mark. */
  async filesIn(set: string): Promise<string[]> {
    return (await readdir(this.path(set))).filter((name) => name !== ".mark").sort();
  }

  /** Makes a step wait. */
  async hold(step: string): Promise<void> {
    await writeFile(join(this.gates, `${step}.hold`), "");
  }

  /** Waits until a held step has begun; answers the id of the process that does it. */
  async reached(step: string): Promise<number> {
    await this.appears(`${step}.reached`);
    return Number(await readFile(join(this.gates, `${step}.reached`), "utf8"));
  }

  /** Waits for a file among the gates, and for what is written in it; throws after a minute. */
  async appears(name: string): Promise<void> {
    const file = join(this.gates, name);
    // A file is there for a moment before its text is: a process id read too early is none.
    if (await changed(this.gates, () => existsSync(file) && statSync(file).size > 0)) return;
    throw new Error(`${name} never appeared`);
  }

  /** Lets a held step go on. */
  async release(step: string): Promise<void> {
    await rm(join(this.gates, `${step}.hold`));
  }

  /** Makes a step fail. */
  async fail(step: string, reason: string): Promise<void> {
    await writeFile(join(this.gates, `${step}.fail`), reason);
  }

  /** Lets every step pass again. */
  async openGates(): Promise<void> {
    await rm(this.gates, { recursive: true });
    await mkdir(this.gates);
  }

  /** Waits until no engine holds the stack; throws after 30 s. Polls: nobody tells of the end of another's child. */
  async unlocked(): Promise<void> {
    const locks = this.path("state", ".pulumi", "locks");
    const held = async () =>
      (await readdir(locks, { recursive: true })).some((name) => name.endsWith(".json"));
    for (let tries = 0; await held(); tries++) {
      if (tries > 600) throw new Error("the stack is still locked");
      await delay(50);
    }
  }

  /** Removes the folder, in which everything is that the sets made. */
  async remove(): Promise<void> {
    await this.project.remove();
  }
}

/** The step that the engine planned or did for a resource. */
export function stepOf(result: CommandResult, name: string): StepEvent | undefined {
  return stepsOf(result, name)[0];
}

/** All that the engine planned and did for a resource. */
export function stepsOf({ events }: CommandResult, name: string): StepEvent[] {
  return events.filter((event) => event.kind === "step").filter(({ urn }) => urn.endsWith(`::${name}`));
}

/** The outputs that the engine shows for a resource at the end of a step. */
export function outputsOf(result: CommandResult, name: string): StepEvent["outputs"] {
  return stepsOf(result, name).find(({ phase }) => phase === "done")?.outputs;
}
