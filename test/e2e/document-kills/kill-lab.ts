import { once } from "node:events";
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { descendants } from "../class-crash/descendants.ts";
import { DocumentsLab, type Printed } from "../documents/documents-lab.ts";
import { killLedgerServer } from "../documents/ledger-place.ts";
import { stateFolders, watchSteps } from "./step-watch.ts";

/** Who is killed. */
export type Victim = "the command" | "the engine" | "both" | "PostgreSQL" | "the command and PostgreSQL";

/** A step, and the how many-th of its kind. */
export interface KillAt {
  readonly step: string;
  readonly nth: number;
}

/** What goes back in time with the cluster. */
const PARTS = ["home/state", "home/salts", "home/runs", "class.yaml"];

/** Whose class it is. */
export interface KillStack {
  /** The stack of project `coppice-tenant` that makes it. */
  readonly stack: string;
  /** Makes what the class needs besides. */
  prepare(lab: DocumentsLab): Promise<void>;
}

const nobodys: KillStack = { stack: "main", prepare: () => Promise.resolve() };

/** A home with one document on an emulated cluster, both of which can go back in time. */
export class KillLab {
  readonly lab: DocumentsLab;
  readonly stack: string;

  private constructor(lab: DocumentsLab, stack: string) {
    this.lab = lab;
    this.stack = stack;
  }

  /** Starts it; a machine from which a second generation can be published is there. */
  static async start({ stack, prepare }: KillStack = nobodys): Promise<KillLab> {
    const lab = await DocumentsLab.start();
    await prepare(lab);
    await lab.cluster.shell("pve1", "qm clone 9000 9001 --name next --full --storage local");
    const folders = [...Object.values(stateFolders(lab, stack)), join(lab.folder, "home", "salts")];
    for (const folder of [...folders, join(lab.folder, "home", "runs")]) {
      await mkdir(folder, { recursive: true });
    }
    return new KillLab(lab, stack);
  }

  /** Keeps cluster, state and document under a name. */
  async keep(name: string): Promise<void> {
    await this.lab.cluster.control.save(name);
    for (const part of PARTS) await cp(this.#at(part), this.#at("kept", name, part), { recursive: true });
  }

  /** Goes back to what was kept. */
  async goBack(name: string): Promise<void> {
    await this.lab.cluster.restore(name);
    for (const part of PARTS) {
      await rm(this.#at(part), { recursive: true, force: true });
      await cp(this.#at("kept", name, part), this.#at(part), { recursive: true });
    }
  }

  /** Runs a command and tells its steps. */
  async stepsOf(args: readonly string[]): Promise<{ readonly printed: Printed; readonly steps: string[] }> {
    const steps: string[] = [];
    const watch = watchSteps(this.lab, (step) => steps.push(step), this.stack);
    const printed = await this.lab.run(...args);
    watch.stop();
    return { printed, steps };
  }

  /** Runs a command in which somebody is killed at a step; tells whether it came to that. */
  async isKilled(args: readonly string[], at: KillAt, victim: Victim): Promise<boolean> {
    const child = this.lab.start(args);
    for (const pipe of [child.stdout, child.stderr]) if (pipe) text(pipe).catch(() => undefined);
    let seen = 0;
    const struck = (step: string): void => {
      if (step === at.step) seen += 1;
      if (step !== at.step || seen !== at.nth) return;
      if (victim.endsWith("PostgreSQL")) killLedgerServer(this.#at("home"));
      if (victim !== "PostgreSQL") kill(child.pid, victim);
    };
    const watch = watchSteps(this.lab, struck, this.stack);
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    watch.stop();
    return seen >= at.nth;
  }

  async remove(): Promise<void> {
    await this.lab.remove();
  }

  #at(...parts: readonly string[]): string {
    return join(this.lab.folder, ...parts);
  }
}

function kill(pid: number | undefined, victim: Victim): void {
  if (pid === undefined) throw new Error("the command is not there");
  const engines = descendants(pid);
  // When the lease is taken there is no engine yet, and when its lock is gone it ends by itself.
  if (victim !== "the engine" || engines.length === 0) process.kill(pid, "SIGKILL");
  if (!victim.startsWith("the command")) for (const engine of engines) process.kill(engine, "SIGKILL");
}
