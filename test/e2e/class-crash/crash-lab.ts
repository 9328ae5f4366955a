import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EmulatedCluster, type RunningCommand } from "@coppice/testkit";
import { ClassStack } from "../class/class-stack.ts";
import { type Wish, want, wishedClass } from "../class/wished-class.ts";

/** The number of a machine in the class's range that somebody else made. */
export const FOREIGN = 20002;

/** A stopped machine on a local storage, from which generation 2 is published. */
export const SOURCE = 9001;

/** The password that every seat's cloud-init gets. */
export const PASSWORD = "planted-password-3c9e";

/** An emulated cluster of three nodes and a stack with one class on it, both of which can go back in time. */
export class CrashLab {
  readonly cluster: EmulatedCluster;
  readonly stack: ClassStack;

  private constructor(cluster: EmulatedCluster, stack: ClassStack) {
    this.cluster = cluster;
    this.stack = stack;
  }

  /** Starts both; the foreign machine and the source of generation 2 are there. */
  static async start(): Promise<CrashLab> {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    const cluster = await EmulatedCluster.start({ nodes: 3, timeScale: 5 });
    const options = {
      example: "lab-class",
      program: wishedClass,
      cluster: {},
      env: { CLASS_PASSWORD: PASSWORD },
    };
    const stack = await ClassStack.create(cluster.emulator, options);
    // A small disk, since it is hashed three times a case.
    await cluster.shell("pve1", `qm create ${FOREIGN} --name theirs --memory 512 --scsi0 nas:0.01`);
    await cluster.shell("pve1", `qm clone 9000 ${SOURCE} --name next --full --storage local`);
    return new CrashLab(cluster, stack);
  }

  /** Writes what the program shall declare. */
  want(wish: Wish): void {
    want(this.stack, wish);
  }

  /** Starts an update or a destruction without a preview. */
  start(command: "up" | "destroy"): RunningCommand {
    return this.stack.start(command, "--yes", "--skip-preview");
  }

  /** Keeps the cluster and the stack's state under a name. */
  async keep(name: string): Promise<void> {
    await this.cluster.control.save(name);
    cpSync(this.#state, this.#kept(name), { recursive: true });
  }

  /** Goes back to what was kept. */
  async goBack(name: string): Promise<void> {
    await this.cluster.restore(name);
    rmSync(this.#state, { recursive: true });
    cpSync(this.#kept(name), this.#state, { recursive: true });
  }

  /** Ends everything and removes it. */
  async remove(): Promise<void> {
    await this.stack.remove();
    await this.cluster.close();
  }

  get #state(): string {
    return join(this.stack.folder, "state");
  }

  #kept(name: string): string {
    return join(this.stack.folder, "kept", name);
  }
}
