import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missing, Stage, steps } from "./story.ts";

/** Building it with nothing cached took 90 s on two busy cores. */
const buildMs = 400_000;

describe("go-proxmox, the client that Cluster API uses", () => {
  const folder = mkdtempSync(join(tmpdir(), "coppice-go-proxmox-"));
  let reason: string | undefined;
  beforeAll(async () => {
    cpSync(join(import.meta.dirname, "go-proxmox"), folder, { recursive: true });
    const caches = { GOMODCACHE: join(folder, "modules"), GOCACHE: join(folder, "cache") };
    // `modcacherw`: a module cache that can be deleted again.
    const env = { ...process.env, ...caches, GOFLAGS: "-modcacherw -mod=mod", GOTOOLCHAIN: "local" };
    const build = ["go", "build", "-o", "story", "."];
    reason = await missing("go-proxmox", build, { cwd: folder, env, timeout: buildMs - 10_000 });
    for (const cache of Object.values(caches)) rmSync(cache, { recursive: true, force: true });
  }, buildMs);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.for(["8.4", "9.2"] as const)(
    "leads a guest through its life on %s and leaves all in order",
    async (pve, { skip }) => {
      if (reason !== undefined) skip(reason);
      const stage = await Stage.open(pve);
      try {
        const args = [stage.emulator.url, stage.ca, stage.emulator.rootPassword];
        expect(await stage.play(join(folder, "story"), args)).toEqual(steps);
        expect(await stage.emulator.control.check()).toEqual([]);
      } finally {
        await stage.close();
      }
    },
  );
});
