import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EmulatedCluster, PulumiProject } from "@coppice/testkit";
import { expect, test } from "vitest";
import { markdownPages, snippetsOf } from "./markdown.ts";

const pluginModule = fileURLToPath(
  new URL("../../packages/plugin/bin/pulumi-resource-coppice.js", import.meta.url),
);

test("the README's first stack can be previewed as it stands, with every seat and its number", async () => {
  const snippets = markdownPages().flatMap(snippetsOf);
  const first = snippets.find(({ path, language }) => path === "README.md" && language === "ts");
  await using lab = await EmulatedCluster.start({ nodes: 1 });
  const { url, token, ca } = lab.emulator;
  const env = {
    PROXMOX_VE_ENDPOINT: url,
    PROXMOX_VE_API_TOKEN: `${token.id}=${token.secret}`,
    PROXMOX_VE_CA_FILE: "ca.pem",
  };
  const project = await PulumiProject.create({ program: first?.code ?? "", env, pluginModule });
  try {
    await writeFile(join(project.folder, "ca.pem"), ca);
    const { code, stdout, stderr } = await project.run("preview");
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("seat-25");
    expect(stdout).toContain("20025");
  } finally {
    await project.remove();
  }
}, 120_000);
