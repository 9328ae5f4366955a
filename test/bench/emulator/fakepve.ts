import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

const longestStartMs = 30_000;

/** fakepve, a public simulator (PyPI), installed into a folder of its own. */
export class FakePve {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Installs it; undefined, with the reason printed, where that cannot be done. */
  static async install(): Promise<FakePve | undefined> {
    const folder = mkdtempSync(join(tmpdir(), "coppice-fakepve-"));
    const quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action", "ignore"];
    try {
      await run("python3", ["-m", "pip", "install", ...quiet, "--target", folder, "fakepve==0.5.0"], {
        timeout: 120_000,
      });
    } catch (error) {
      process.stderr.write(`SKIPPED: fakepve cannot be installed here: ${String(error).split("\n")[0]}\n`);
      rmSync(folder, { recursive: true, force: true });
      return undefined;
    }
    writeFileSync(join(folder, "guests.json"), '{ "guests": [] }');
    return new FakePve(folder);
  }

  /** Starts it and waits for its first answer. */
  async start(): Promise<RunningFakePve> {
    const port = await freePort();
    const args = [
      "-m",
      "fakepve",
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--time-scale",
      "0",
      join(this.#folder, "guests.json"),
    ];
    const child = spawn("python3", args, {
      env: { ...process.env, PYTHONPATH: this.#folder },
      stdio: "ignore",
    });
    const running = new RunningFakePve(child, port);
    const deadline = performance.now() + longestStartMs;
    while (!(await running.answers())) {
      if (child.exitCode !== null || performance.now() > deadline) {
        child.kill();
        throw new Error("fakepve did not come up");
      }
      await pause(5);
    }
    return running;
  }

  /** Removes it. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A fakepve that answers. */
export class RunningFakePve {
  readonly #child: ChildProcess;
  readonly #port: number;
  // A simulator on the loopback address with a certificate of its own making, and nothing secret is sent.
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

  constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#port = port;
  }

  /** Asks for the domains, which needs no login; false when nobody answers yet. */
  async answers(): Promise<boolean> {
    const path = "/api2/json/access/domains";
    return await new Promise((resolve) => {
      const sent = request({ host: "127.0.0.1", port: this.#port, path, agent: this.#agent }, (answer) => {
        answer.resume().on("end", () => resolve(true));
      });
      sent.on("error", () => resolve(false));
      sent.end();
    });
  }

  /** Ends it. */
  async end(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill();
    this.#agent.destroy();
    await gone;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
