import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { closedNetwork, fakeGo, fakeMachine, fakePulumi } from "../fixtures/fake-machine.ts";
import { madeFolder } from "../made/made-folder.js";
import { ENGINE } from "./engine-recipe.js";
import { ensureEngine } from "./ensure-engine.js";

describe("the user's own engine", () => {
  test("is used when it is new enough and has its language host, and nothing is made", async () => {
    using machine = fakeMachine();
    const pulumi = fakePulumi(machine, "3.260.1");
    const engine = await ensureEngine(machine.host());
    expect(engine).toMatchObject({ pulumi, version: "3.260.1", source: "path" });
    expect(machine.calls()).toEqual(["pulumi version"]);
    expect(existsSync(join(machine.folder, "home"))).toBe(false);
  });

  test.each([
    ["too old", "3.219.9", true, "is 3.219.9, older than 3.220.0"],
    ["without a language host", "3.260.0", false, "has no pulumi-language-nodejs beside it or on PATH"],
  ])("is passed over when it is %s, and the reason is said", async (_case, version, withHost, reason) => {
    using machine = fakeMachine();
    fakePulumi(machine, version, { withHost });
    fakeGo(machine);
    const engine = await ensureEngine(machine.host());
    expect(engine.source).toBe("build");
    expect(machine.reported[0]).toContain(reason);
    expect(engine.why).toContain(reason);
  });

  test("is passed over when it cannot be run", async () => {
    using machine = fakeMachine();
    machine.program("pulumi", "exit 7");
    fakeGo(machine);
    await ensureEngine(machine.host());
    expect(machine.reported[0]).toContain("cannot be run (exit code 7)");
  });
});

describe("a build from Go modules", () => {
  test("is made once where the download cannot be reached, with its own caches removed", async () => {
    using machine = fakeMachine();
    fakeGo(machine);
    const host = machine.host();
    await ensureEngine(host);
    const builds = () => machine.calls().filter((call) => call.startsWith("go build"));
    expect(builds()).toHaveLength(1);
    expect(machine.reported).toEqual([
      expect.stringContaining(`no pulumi on PATH; fetching Pulumi 3.255.0 from ${closedNetwork}`),
      expect.stringContaining("the download did not serve"),
      expect.stringContaining("building 3.255.0 from its Go modules"),
    ]);
    expect(readdirSync(madeFolder(host, ENGINE)).sort()).toEqual([
      "bin",
      expect.stringMatching(/^home-/),
      "made.json",
    ]);
    await ensureEngine(host);
    expect(builds()).toHaveLength(1);
    expect(machine.reported).toHaveLength(3);
  });

  test("gets our language host and launchers beside it, as executables", async () => {
    using machine = fakeMachine();
    fakeGo(machine);
    const { binFolders, languageHost } = await ensureEngine(machine.host());
    const [binFolder = ""] = binFolders;
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      expect(statSync(join(binFolder, name)).mode & 0o111).not.toBe(0);
    }
    expect(languageHost).toBe(join(binFolder, "pulumi-language-nodejs"));
    expect(existsSync(join(dirname(binFolder), "language-host", "main.js"))).toBe(true);
  });

  test("is not taken for the user's own engine when it is on PATH", async () => {
    using machine = fakeMachine();
    fakeGo(machine);
    const { binFolders } = await ensureEngine(machine.host());
    const PATH = `${binFolders[0]}:${machine.bin}`;
    const again = await ensureEngine(machine.host({ env: { PATH, HOME: join(machine.folder, "home") } }));
    expect(again).toMatchObject({ source: "build", binFolders });
  });

  test("that fails shows Go's last lines and leaves nothing behind", async () => {
    using machine = fakeMachine();
    machine.program("go", `[ "$1" = env ] && { echo go1.26.8; exit 0; }; echo 'proxy says 403' >&2; exit 1`);
    const host = machine.host();
    await expect(ensureEngine(host)).rejects.toThrow(/building the Pulumi engine failed: proxy says 403/);
    expect(readdirSync(dirname(madeFolder(host, ENGINE)))).toEqual([]);
  });

  test.each([
    ["is missing", undefined, "there is no go on PATH"],
    ["is too old", "1.20.4", "is 1.20.4, older than 1.21.0"],
  ])("is refused with the way out when Go %s", async (_case, version, reason) => {
    using machine = fakeMachine();
    if (version) fakeGo(machine, { version });
    const failure = ensureEngine(machine.host());
    await expect(failure).rejects.toThrow(reason);
    await expect(failure).rejects.toThrow(
      "Install the Pulumi CLI (https://www.pulumi.com/docs/install/), or Go",
    );
  });
});

test("a cache folder that cannot be written is named, with the way out", async () => {
  using machine = fakeMachine();
  writeFileSync(join(machine.folder, "file"), "");
  const env = { PATH: machine.bin, XDG_CACHE_HOME: join(machine.folder, "file", "cache") };
  await expect(ensureEngine(machine.host({ env }))).rejects.toThrow(/cannot be written.*\n.*XDG_CACHE_HOME/s);
});

test("an engine whose executable was deleted is made again", async () => {
  using machine = fakeMachine();
  fakeGo(machine);
  const host = machine.host();
  await ensureEngine(host);
  rmSync(join(madeFolder(host, ENGINE), "bin", "pulumi"));
  await ensureEngine(host);
  expect(readFileSync(join(madeFolder(host, ENGINE), "bin", "pulumi"), "utf8")).toContain("v3.255.0");
});
