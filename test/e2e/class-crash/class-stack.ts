import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@coppice/emulator";
import { type CommandResult, EmulatedCluster, PulumiProject, type RunningCommand } from "@coppice/testkit";

const pluginModule = fileURLToPath(
  new URL("../../../packages/provider/bin/pulumi-resource-coppice.js", import.meta.url),
);

const program = `import { readFileSync } from "node:fs";
import { LabClass } from "@coppice/components";

const lab = new LabClass("lab", {
  template: { vmid: 9000 },
  storage: "nas",
  vmids: { from: 20000, to: 20099 },
  cloudInit: { user: "student", password: process.env.CLASS_PASSWORD },
  ...JSON.parse(readFileSync("class.json", "utf8")),
});
export const seats = lab.seats;
`;

/** The number of a machine in the class's range that somebody else made. */
export const FOREIGN = 20002;

/** A stopped machine on a local storage, from which generation 2 is published. */
export const SOURCE = 9001;

/** The password that every seat's cloud-init gets. */
export const PASSWORD = "planted-password-3c9e";

/** What the program's class is given beside what never changes. */
export type Wish = Readonly<Record<string, unknown>>;

/** An emulated cluster of three nodes and a stack with one class on it, both of which can go back in time. */
export class ClassStack {
  readonly lab: EmulatedCluster;
  readonly project: PulumiProject;
  /** Everything that commands of this stack printed. */
  readonly printed: string[] = [];
  readonly #secrets: string;

  private constructor(lab: EmulatedCluster, project: PulumiProject, secrets: string) {
    this.lab = lab;
    this.project = project;
    this.#secrets = secrets;
  }

  /** Starts both; the foreign machine and the source of generation 2 are there. */
  static async start(): Promise<ClassStack> {
    const lab = await EmulatedCluster.start({ nodes: 3 });
    const secrets = mkdtempSync(join(tmpdir(), "coppice-secrets-"));
    const project = await PulumiProject.create({ program, pluginModule, env: { CLASS_PASSWORD: PASSWORD } });
    await project.configure(
      "coppice:clusters",
      JSON.stringify({ main: clusterEntry(lab.emulator, secrets) }),
    );
    await lab.shell("pve1", `qm create ${FOREIGN} --name theirs --memory 512 --scsi0 nas:1`);
    await lab.shell("pve1", `qm clone 9000 ${SOURCE} --name next --full --storage local`);
    return new ClassStack(lab, project, secrets);
  }

  /** Writes what the program shall declare. */
  want(wish: Wish): void {
    writeFileSync(join(this.project.folder, "class.json"), JSON.stringify(wish));
  }

  /** Starts an update or a destruction without a preview. */
  start(command: "up" | "destroy"): RunningCommand {
    return this.project.start([command, "--yes", "--skip-preview"]);
  }

  /** Runs a command to its end. */
  async run(...args: readonly string[]): Promise<CommandResult> {
    return this.seen(await this.project.run(...args));
  }

  /** Remembers what a command printed. */
  seen(result: CommandResult): CommandResult {
    this.printed.push(result.stdout, result.stderr);
    return result;
  }

  /** Keeps the cluster and the stack's state under a name. */
  async keep(name: string): Promise<void> {
    await this.lab.control.save(name);
    cpSync(this.#state, this.#kept(name), { recursive: true });
  }

  /** Goes back to what was kept. */
  async goBack(name: string): Promise<void> {
    await this.lab.restore(name);
    rmSync(this.#state, { recursive: true });
    cpSync(this.#kept(name), this.#state, { recursive: true });
  }

  /** Ends everything and removes it. */
  async remove(): Promise<void> {
    await this.project.remove();
    await this.lab.close();
    rmSync(this.#secrets, { recursive: true });
  }

  get #state(): string {
    return join(this.project.folder, "state");
  }

  #kept(name: string): string {
    return join(this.project.folder, "kept", name);
  }
}

/** Secrets by reference, as a user's configuration has them; their files lie outside of the project. */
function clusterEntry({ url, ca, token, ssh, sshKey }: Emulator, folder: string): object {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const nodes = [...ssh].map(
    ([node, { port, hostKey }]) => [node, { host: "127.0.0.1", port, hostKey }] as const,
  );
  return {
    endpoint: url,
    caFile: file("ca.pem", ca),
    token: { file: file("token", `${token.id}=${token.secret}`) },
    ssh: { key: { file: file("key", sshKey.privateKey) }, nodes: Object.fromEntries(nodes) },
  };
}
