import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const repository = join(import.meta.dirname, "..", "..");
const pages = ["docs/emulator.md", "packages/emulator/README.md"];

/** The blocks of a language on a page. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(join(repository, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, code = ""]) => code,
  );
}

describe("the emulator's pages", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "coppice-pages-"));
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(pages)("%s: its programs run", async (page) => {
    const programs = blocks(page, "ts");
    expect(programs).toHaveLength(1);
    for (const program of programs) {
      writeFileSync(join(folder, "program.mts"), program);
      const { stdout } = await run(process.execPath, [join(folder, "program.mts")], { timeout: 50_000 });
      expect(stdout).not.toBe("");
      // What a comment says a line prints is what it prints.
      for (const [, printed = ""] of program.matchAll(/console\.log\(.*\); \/\/ ([^:\n]+?)(?::|$)/gm))
        expect(stdout).toContain(printed.trim());
    }
  });

  test("the seed on the page makes what it says", async () => {
    const [seed = ""] = blocks("docs/emulator.md", "yaml");
    writeFileSync(join(folder, "lab.yaml"), seed);
    await using pve = await startEmulator({ nodes: 1, seedFile: join(folder, "lab.yaml") });
    const { stdout } = await pve.shell("pve1", "qm list");
    expect(stdout).toMatch(/ 101 one +running/);
    expect(stdout).toMatch(/9100 small/);
    expect(await pve.control.check()).toEqual([]);
  });

  test("every control verb on the page is one of the port's", async () => {
    await using pve = await startEmulator({ nodes: 1, seed: "bare", controlPort: 0 });
    const headers = { authorization: `Bearer ${pve.controlServer?.token}` };
    const answer: unknown = await (await fetch(`${pve.controlServer?.url}/nothing`, { headers })).json();
    const page = readFileSync(join(repository, "docs/emulator.md"), "utf8");
    const known = (
      typeof answer === "object" && answer !== null && "known" in answer && Array.isArray(answer.known)
        ? answer.known
        : []
    ).map(String);
    expect(known.length).toBeGreaterThan(10);
    const places = known.map((each) => each.split(" ")[1]?.replace("/{}", "") ?? each);
    expect([...new Set(places)].filter((place) => !page.includes(place))).toEqual([]);
  });
});
