import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missing, Stage, steps } from "./story.ts";

/** Frozen, so that a failure is ours and not of a new release. */
const packages = ["proxmoxer==2.3.0", "requests==2.34.2"];

describe("proxmoxer, the Python client that Ansible uses", () => {
  const modules = mkdtempSync(join(tmpdir(), "coppice-proxmoxer-"));
  let reason: string | undefined;
  beforeAll(async () => {
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-warn-conflicts"];
    reason = await missing("proxmoxer", [
      "python3",
      "-m",
      "pip",
      "install",
      ...quiet,
      "--target",
      modules,
      ...packages,
    ]);
  }, 180_000);
  afterAll(() => rmSync(modules, { recursive: true, force: true }));

  test.for(["8.4", "9.2"] as const)(
    "leads a guest through its life on %s and leaves all in order",
    async (pve, { skip }) => {
      if (reason !== undefined) skip(reason);
      const stage = await Stage.open(pve);
      try {
        const script = join(import.meta.dirname, "proxmoxer_story.py");
        const args = [script, "127.0.0.1", stage.port, stage.ca, stage.emulator.rootPassword];
        expect(await stage.play("python3", args, { PYTHONPATH: modules })).toEqual(
          steps.flatMap((step) => (step === "errors" ? ["upload", step] : [step])),
        );
        expect(await stage.emulator.control.check()).toEqual([]);
      } finally {
        await stage.close();
      }
    },
  );
});
