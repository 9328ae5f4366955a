import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { homeFolder } from "./home-folder.ts";
import { openHome } from "./open-home.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-home-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (more: Record<string, string> = {}) => openHome({ COPPICE_HOME: join(folder, "home"), ...more });

test("a home is where the user says, else among the user's data", () => {
  expect(homeFolder({ COPPICE_HOME: "/own", XDG_DATA_HOME: "/data" })).toBe("/own");
  expect(homeFolder({ COPPICE_HOME: "own" })).toBe(resolve("own"));
  expect(homeFolder({ XDG_DATA_HOME: "/data", HOME: "/h" })).toBe("/data/coppice");
  expect(homeFolder({ HOME: "/h" })).toBe("/h/.local/share/coppice");
});

test("a new home and its passphrase are for its owner alone", async () => {
  const home = await open();
  const { PULUMI_CONFIG_PASSPHRASE_FILE: file = "" } = home.variables;
  expect((await stat(home.folder)).mode & 0o777).toBe(0o700);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(home.backend).toBe(`file://${home.folder}/state`);
});

test("all who open a new home at once have one passphrase, and leave no drafts", async () => {
  const homes = await Promise.all(Array.from({ length: 10 }, () => open()));
  const texts = homes.map(({ variables }) =>
    readFile(variables["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "", "utf8"),
  );
  expect(new Set(await Promise.all(texts)).size).toBe(1);
  const files = await readdir(join(folder, "home"));
  expect(files.filter((file) => file.startsWith("passphrase"))).toEqual(["passphrase"]);
});

test.each([
  ["state", "state/.pulumi/stacks/coppice-tenant/main.json"],
  ["salt", "salts/coppice-tenant.main"],
])(
  "a passphrase that is gone is refused where a stack's %s needs it, and nothing is made",
  async (_, file) => {
    const home = await open();
    await rm(home.variables["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "");
    await mkdir(join(home.folder, file, ".."), { recursive: true });
    await writeFile(join(home.folder, file), "{}");
    await expect(open()).rejects.toMatchObject({ code: "engine.passphrase" });
    expect(await readdir(home.folder)).not.toContain("passphrase");
    await expect(open({ PULUMI_CONFIG_PASSPHRASE: "own" })).resolves.toBeDefined();
  },
);

test("Pulumi's own settings win, and no passphrase is made where one is given", async () => {
  const own = {
    PULUMI_BACKEND_URL: "postgres://db/state",
    PULUMI_HOME: "/pulumi",
    PULUMI_CONFIG_PASSPHRASE: "",
  };
  const home = await open(own);
  expect(home.variables).toEqual(own);
  expect(await readdir(home.folder)).not.toContain("passphrase");
  const { variables } = await open({ PULUMI_CONFIG_PASSPHRASE_FILE: "/secret" });
  expect(variables["PULUMI_CONFIG_PASSPHRASE_FILE"]).toBe("/secret");
});
