import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Stage } from "./story.ts";

const run = promisify(execFile);
const folder = join(import.meta.dirname, "ansible");
const installMs = 240_000;
const playMs = 240_000;

/** How long its installation and a play may take together. */
export const ansibleMs = installMs + playMs;

/** Debian's Ansible with its `community.general`, and what its Proxmox modules import. */
const packages = ["ansible", "python3-proxmoxer", "python3-requests", "python3-requests-toolbelt"];

const collection =
  "/usr/lib/python3/dist-packages/ansible_collections/community/general/plugins/modules/proxmox_kvm.py";

async function canImport(): Promise<boolean> {
  const check = run("/usr/bin/python3", ["-c", "import proxmoxer, requests, requests_toolbelt"]);
  return await check.then(
    () => true,
    () => false,
  );
}

/** Installs Debian's Ansible where root may; undefined when it is there, else why not. */
export async function missingAnsible(): Promise<string | undefined> {
  if (existsSync(collection) && (await canImport())) return undefined;
  if (process.getuid?.() !== 0) return `only root can install it: apt-get install ${packages.join(" ")}`;
  try {
    const options = { timeout: installMs, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    await run("apt-get", ["update", "-q"], options);
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], options);
    return undefined;
  } catch (error) {
    return `it cannot be installed here: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
  }
}

interface TaskSaid {
  readonly task: { readonly name: string };
  readonly hosts: Readonly<Record<string, { readonly failed?: boolean; readonly msg?: unknown }>>;
}

/** What Ansible's JSON says of each task: its name, and behind it what went wrong. */
function stepsOf(stdout: string): string[] {
  // as: the callback `json` prints one object of this form, behind a line or two of warnings.
  const said = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
    readonly plays: readonly { readonly tasks: readonly TaskSaid[] }[];
  };
  return said.plays
    .flatMap(({ tasks }) => tasks)
    .map(({ task, hosts }) => {
      const outcome = hosts["localhost"];
      return outcome?.failed === true
        ? `${task.name} failed: ${JSON.stringify(outcome).slice(0, 1500)}`
        : task.name;
    });
}

/** Runs the play, or those of its tasks that carry a tag; answers the tasks that ran, the failed one with its reason. */
export async function playAnsible(stage: Stage, tag?: string): Promise<string[]> {
  const { emulator } = stage;
  writeFileSync(join(stage.folder, "install.iso"), "any system");
  const env = {
    ...process.env,
    ANSIBLE_CONFIG: join(folder, "ansible.cfg"),
    ANSIBLE_LOCAL_TEMP: join(stage.folder, "ansible"),
    STORY_FOLDER: stage.folder,
    PROXMOX_HOST: `127.0.0.1:${stage.port}`,
    PROXMOX_USER: "root@pam",
    PROXMOX_PASSWORD: emulator.rootPassword,
    REQUESTS_CA_BUNDLE: stage.ca,
    TOKEN: `${emulator.token.id}=${emulator.token.secret}`,
  };
  const args = [join(folder, "play.yml"), ...(tag === undefined ? [] : ["--tags", tag])];
  const options = { env, timeout: playMs, maxBuffer: 64 * 1024 ** 2 };
  const { stdout } = await run("ansible-playbook", args, options).catch((error: unknown) => {
    // A failed task ends the program with an error that carries what it printed.
    if (error instanceof Error && "stdout" in error && String(error.stdout).includes("{"))
      return { stdout: String(error.stdout) };
    throw error;
  });
  return stepsOf(stdout);
}
