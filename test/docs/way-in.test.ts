import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { EmulatedCluster } from "@coppice/testkit";
import { expect, test } from "vitest";
import { markdownPages, root, snippetsOf } from "./markdown.ts";

const blocks = markdownPages()
  .flatMap(snippetsOf)
  .filter(({ path }) => path === "docs/guides/documents.md");

/** The block of the page that says something. */
function blockWith(words: string): string {
  return blocks.find(({ code }) => code.includes(words))?.code ?? "";
}

test("the guide to documents leads a newcomer with nothing but variables from its document to its class", async () => {
  await using lab = await EmulatedCluster.start({ nodes: 1, timeScale: 5 });
  const folder = mkdtempSync(join(tmpdir(), "coppice-way-in-"));
  mkdirSync(join(folder, "bin"));
  symlinkSync(join(root, "packages/cli/bin/coppice.js"), join(folder, "bin/coppice"));
  const { token, url, ca } = lab.emulator;
  const env = {
    HOME: folder,
    PATH: [join(folder, "bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter),
    XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
    PROXMOX_VE_ENDPOINT: url,
    PROXMOX_VE_API_TOKEN: `${token.id}=${token.secret}`,
  };
  const type = async (lines: string) =>
    (await promisify(execFile)("sh", ["-ec", lines], { cwd: folder, env })).stdout;
  try {
    writeFileSync(join(folder, "pve-root-ca.pem"), ca);
    writeFileSync(join(folder, "class.yaml"), blockWith("kind: LabClass").replace("seats: 25", "seats: 2"));
    const lines = blockWith("coppice up class.yaml ").split("\n").slice(1).join("\n");
    await expect(type(lines)).rejects.toMatchObject({
      code: 2,
      stdout: expect.stringContaining(`into ${folder}/.local/share/coppice/clusters, or describe it`),
    });
    await type(blockWith("--token-env PROXMOX_VE_API_TOKEN"));
    // Nobody is there to be asked.
    const printed = await type(lines.replace("up class.yaml", "up class.yaml --yes"));
    expect(printed).toContain("2 seats are made: seat-01, seat-02 as 20001, 20002");
    expect(await lab.shell("pve1", "qm list")).toContain("networks-101-seat-02");
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
