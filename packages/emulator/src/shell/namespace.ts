import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { CoppiceError } from "@coppice/core";
import { namespaceScript } from "./namespace-script.ts";

/** The folders and names that make a node's namespace. */
export interface NamespaceParts {
  readonly root: string;
  readonly tools: string;
  readonly clusterFiles: string;
  readonly shared: string;
  readonly meeting: string;
  readonly qemuImg: string;
  readonly name: string;
}

type Holder = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * A node's private mounts, host name and process table, held open by one process. Ending that process ends everything
 * inside, mounts included; it ends by itself when this process goes away.
 */
export class Namespace {
  readonly #holder: Holder;
  readonly #pid: number;
  readonly #answers: AsyncIterator<string>;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(holder: Holder, pid: number, answers: AsyncIterator<string>) {
    this.#holder = holder;
    this.#pid = pid;
    this.#answers = answers;
  }

  /** Makes the namespace; says in one line what is missing when it cannot. */
  static async open(parts: NamespaceParts): Promise<Namespace> {
    const { root, tools, clusterFiles, shared, meeting, qemuImg, name } = parts;
    const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
    const fresh = ["--mount", "--uts", "--pid", "--fork", "--kill-child", ...user];
    const holder = spawn(
      "unshare",
      [
        ...fresh,
        "/bin/sh",
        "-c",
        namespaceScript,
        "node",
        root,
        tools,
        clusterFiles,
        shared,
        meeting,
        qemuImg,
        name,
      ],
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    let complaint = "";
    holder.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-2000);
    });
    holder.stdin.on("error", () => undefined); // A write to a namespace that just ended; the answer below says so.
    const failed = new Promise<never>((_, reject) => holder.on("error", reject));
    const answers = createInterface({ input: holder.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([answers.next(), failed]).catch((error: Error) => ({
      value: "",
      done: true,
      error,
    }));
    const pid = /^ready (\d+)$/.exec(first.value ?? "")?.[1];
    if (pid === undefined) throw noNamespace(name, "error" in first ? first.error.message : complaint.trim());
    return new Namespace(holder, Number(pid), answers);
  }

  /** The command line that runs a program inside, as root of the node. */
  enter(program: readonly string[]): readonly [string, ...string[]] {
    const user = process.getuid?.() === 0 ? [] : ["--user", "--preserve-credentials"];
    return [
      "nsenter",
      "--target",
      String(this.#pid),
      ...user,
      "--mount",
      "--uts",
      "--pid",
      "--root",
      "--wd",
      ...program,
    ];
  }

  /**
   * The command line of a server that logs people in. It may not be root of a namespace that knows no other user:
   * without root it runs as this process's own user, which the node's accounts call root.
   */
  enterAsLogin(program: readonly string[]): readonly [string, ...string[]] {
    const uid = process.getuid?.() ?? 0;
    if (uid === 0) return this.enter(program);
    return this.enter(["unshare", "--user", `--map-user=${uid}`, `--map-group=${uid}`, ...program]);
  }

  /** Runs one line of shell inside, one after the other, and answers its exit code. */
  async run(line: string): Promise<number> {
    const turn = this.#queue.then(async () => {
      this.#holder.stdin.write(`${line}\n`);
      const answer = await this.#answers.next();
      return answer.done === true ? 255 : Number(/^done (\d+)$/.exec(answer.value)?.[1] ?? 255);
    });
    this.#queue = turn;
    return await turn;
  }

  /** Ends every process inside and waits for it. */
  async close(): Promise<void> {
    if (this.#holder.exitCode !== null || this.#holder.signalCode !== null) return;
    const gone = once(this.#holder, "exit");
    this.#holder.stdin.end();
    // The loop inside may be busy with a line: then it goes the hard way.
    const hard = setTimeout(() => this.#holder.kill("SIGKILL"), 2000);
    await gone;
    clearTimeout(hard);
  }
}

function noNamespace(name: string, why: string): CoppiceError {
  return new CoppiceError("emulator.namespace", {
    what: `the shell of node '${name}' could not be set up`,
    why: why === "" ? "no private mount namespace could be made" : why,
    wayOut:
      "run as root, or allow unprivileged user namespaces (kernel.unprivileged_userns_clone=1) and overlay file systems",
  });
}
