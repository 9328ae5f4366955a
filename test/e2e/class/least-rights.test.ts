import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "./class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "./guests-left.ts";

const page = new URL("../../../docs/guides/permissions.md", import.meta.url);
const password = "planted-password-9d41";

const program = (more = "") => `import { LabClass } from "@coppice/components";
export const { seats } = new LabClass("lab", {
  template: { vmid: 9000 }, seats: 3, teacher: true, storage: "nas", vmids: { from: 20000, to: 20099 },
  hardware: { cores: 2 }, cloudInit: { user: "student", password: "${password}" }, start: "after-create",
  dataDisk: { size: "1GiB" },
  ${more}
});
`;

describe("with the token that the page on permissions makes", { timeout: 240_000 }, () => {
  let emulator: Emulator;
  let stack: ClassStack;
  let token: string;
  beforeAll(async () => {
    emulator = await startEmulator({ nodes: 2 });
    token = await makeToken(emulator);
    stack = await ClassStack.create(emulator, { example: "lab-class", program: program(), token });
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  test("coppice cluster check finds everything there", async () => {
    const { code, stdout, stderr } = await stack.coppice("cluster", "check", "--storage", "nas");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^ok {7}VM\.Allocate on \/vms\n/m);
    expect(stdout).toMatch(/\nEverything is there\n$/);
  });

  test("and for a storage that does not exist it says what is missing, with exit code 1", async () => {
    const { code, stdout } = await stack.coppice("cluster", "check", "--storage", "nowhere");
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^missing {2}Datastore\.Audit on \/storage\/nowhere +free space cannot be checked/m,
    );
    expect(stdout).toMatch(/^missing {2}storage nowhere on pve1 +no seats there: /m);
  });

  test("a class is made, started, published to, reset and removed", async () => {
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    await emulator.shell("pve1", "for id in 20000; do qm stop $id; done");
    const publish = 'publish: { generation: 2, from: "teacher", running: "stop" },';
    await stack.write(program(publish));
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    await stack.write(program(`${publish} reset: { "seat-02": "once" },`));
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
  });

  test("neither the password nor the token is in the state or a log", async () => {
    const secret = token.slice(token.indexOf("=") + 1);
    expect(await filesWith(stack.folder, secret)).toEqual([]);
    const found = await filesWith(stack.folder, password);
    expect(found).toEqual(["index.ts"]);
  });

  test("and everything is removed", async () => {
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  });
});

/** Types the lines of the page's first block as an operator would. */
async function makeToken(emulator: Emulator): Promise<string> {
  const [, block = ""] =
    /```sh\n(pveum role add CoppiceSeats[^`]*)```/.exec(await readFile(page, "utf8")) ?? [];
  const { stdout, stderr, code } = await emulator.shell("pve1", `set -e\n${block}`);
  if (code !== 0) throw new Error(stderr);
  const secret = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(stdout)?.[0];
  return `coppice@pve!classes=${secret}`;
}

async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) =>
      (await readFile(join(parentPath, name))).includes(text) ? [name] : [],
    ),
  );
  return found.flat().sort();
}
