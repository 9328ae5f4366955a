import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { classDocument } from "../../../packages/cli/src/demo/class-document.ts";
import type { DemoStep } from "../../../packages/cli/src/demo/demo-steps.ts";
import { runDemo } from "../../../packages/cli/src/demo/run-demo.ts";
import { Screen } from "../../../packages/cli/src/output/screen.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** Enough of the demo for something to look at. */
const two: DemoStep = async (stage) => {
  await stage.edit({ seats: 2 });
  await stage.pulumi("make 3 machines", "up", "--yes", "--skip-preview");
  await stage.preview("find nothing to do", {
    file: "class.yaml",
    documents: classDocument({ seats: 2 }),
  });
};

/** A log that tells when a text was written to it. */
class Log extends Writable {
  readonly isTTY = false;
  text = "";
  #waiting: { readonly text: string; readonly resolve: () => void } | undefined;

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    if (this.#waiting !== undefined && this.text.includes(this.#waiting.text)) this.#waiting.resolve();
    done();
  }

  async says(text: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting = { text, resolve };
    });
  }
}

test("with --keep the commands that it ends with do what they promise, until Ctrl-C removes everything", async () => {
  const log = new Log();
  const stop = new AbortController();
  // A screen asks a stream of the process for no more than this.
  const screen = new Screen(log as unknown as NodeJS.WriteStream);
  const end = runDemo({ keep: true, screen, signal: stop.signal, steps: [two] });
  let folder = "";
  try {
    await Promise.race([log.says("Ctrl-C stops"), end]);
    const [, explore = ""] = log.text.split("In another terminal");
    folder = /\/\S+coppice-demo-\w+/.exec(explore)?.[0] ?? "";
    const commands = [...explore.matchAll(/^ {2}\$ (.*)$/gm)].map(([, command]) => command);
    expect(commands).toHaveLength(6);
    expect(explore.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const printed = await type(commands.join("\n"));
    expect(printed).toMatch(/^ {4}5 unchanged$/m);
    expect(printed).toContain('"seat-02":{');
    expect(printed).toMatch(/^networks-101 +LabClass +main +3 +0$/m);
    expect(log.text).toContain("LabClass networks-101 on main stays as it is");
    expect(printed).toMatch(/^ +9000 template-9000 +stopped /m);
    // Its name comes with the node's next round of statistics, which may be seconds away.
    expect(printed).toContain('"id":"qemu/20002"');
    expect(printed).not.toMatch(/warning:/);
    expect(existsSync(folder)).toBe(true);
  } finally {
    stop.abort();
    await end;
  }
  expect(existsSync(folder)).toBe(false);
}, 240_000);

/** What commands print that somebody types in a checkout. */
async function type(commands: string): Promise<string> {
  const { PATH, HOME } = process.env;
  const { stdout, stderr } = await promisify(execFile)("sh", ["-ec", commands], {
    cwd: repository,
    env: { PATH, HOME },
  });
  return stdout + stderr;
}
