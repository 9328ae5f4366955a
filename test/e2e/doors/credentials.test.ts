import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashOf } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DoorStack } from "./door-stack.ts";

const password = "planted-password-5b1f";
const firstToken = "root@pam!first=planted-token-77aa";
const secondToken = "root@pam!second=planted-token-88bb";

describe("credentials and secrets", () => {
  let stack: DoorStack;
  const outputs: string[] = [];
  const run = async (...args: readonly string[]) => {
    const result = await stack.project.run(...args);
    outputs.push(result.stdout, result.stderr);
    return result;
  };
  const usedTokens = async () => (await readFile(stack.path("used"), "utf8")).trim().split("\n");

  beforeAll(async () => {
    stack = await DoorStack.create("plugin");
    const main = { endpoint: "https://pve.example.org:8006", token: { file: "token" } };
    await stack.project.configure("coppice:clusters", JSON.stringify({ main }));
    await writeFile(stack.path("token"), firstToken);
    await stack.want({ set: { folder: stack.path("set"), files: { a: "1" }, cluster: "main", password } });
  });
  afterAll(() => stack.remove());

  test("a token is read from where the configuration says", async () => {
    // Without -v: Pulumi's own SDK writes whole answers, secrets in the clear, from level 3 on.
    expect((await run("up", "--yes")).code).toBe(0);
    expect(new Set(await usedTokens())).toEqual(new Set([hashOf(firstToken)]));
  });

  test("a rotated token counts at once for refresh and destroy, which use the configuration kept in the state", async () => {
    await writeFile(stack.path("token"), secondToken);
    await writeFile(stack.path("used"), "");
    expect((await run("refresh", "--yes", "--skip-preview")).code).toBe(0);
    expect((await run("destroy", "--yes", "--skip-preview")).code).toBe(0);
    expect(new Set(await usedTokens())).toEqual(new Set([hashOf(secondToken)]));
  });

  test("a planted secret is in no state, no log, no event and no output", async () => {
    for (const secret of [password, firstToken, secondToken]) {
      expect(outputs.filter((text) => text.includes(secret))).toEqual([]);
      expect(await filesWith(stack.project.folder, secret)).toEqual(expected(secret));
    }
    function expected(secret: string): string[] {
      if (secret === password) return ["spec.json"];
      return secret === secondToken ? ["token"] : [];
    }
  });

  test("a literal token is refused, with its field and without the token in the message", async () => {
    const main = { endpoint: "https://pve.example.org:8006", token: firstToken };
    await stack.project.configure("coppice:clusters", JSON.stringify({ main }));
    const up = await stack.up();
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toContain("clusters.main.token");
    expect(up.stdout + up.stderr).not.toContain(firstToken);
  });

  test("a missing token file is named with its field", async () => {
    const main = { endpoint: "https://pve.example.org:8006", token: { file: "nowhere" } };
    await stack.project.configure("coppice:clusters", JSON.stringify({ main }));
    const up = await stack.up();
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toContain("coppice:clusters.main.token the file");
    expect(up.stdout + up.stderr).toContain("it does not exist");
  });
});

/**
 * Pulumi's own SDK writes each answer of the engine, secrets in the clear, as a debug event into the event
 * log (sdk/nodejs/runtime/resource.ts); that is out of our hands, whatever the provider.
 */
const sdkAnswer = "RegisterResource RPC finished";

async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const lines = (await readFile(path, "latin1")).split("\n").filter((line) => !line.includes(sdkAnswer));
      return lines.some((line) => line.includes(text)) ? [path.slice(folder.length + 1)] : [];
    }),
  );
  return found.flat().sort();
}
