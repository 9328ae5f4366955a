import { readFile } from "node:fs/promises";
import type { ClassLab } from "./class-lab.ts";

const page = new URL("../../docs/guides/permissions.md", import.meta.url);

/** The lines by which the page on permissions makes a tenant's pool, user and token. */
export async function tenantLines(): Promise<string> {
  const [, block = ""] = /```sh\n(pveum pool add acme[^`]*)```/.exec(await readFile(page, "utf8")) ?? [];
  return block;
}

/** Types lines that end with the making of a token, as an operator would; answers the token of that user. */
export async function typeLines(lab: ClassLab, lines: string, tenant = "acme"): Promise<string> {
  const said = await lab.cluster.shell("pve1", `set -e\n${lines}`);
  const secret = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(said)?.[0];
  return `${tenant}@pve!classes=${secret}`;
}

/** The machines of a pool as `user.cfg` lists them. */
export async function membersOf(lab: ClassLab, pool: string): Promise<string> {
  const line = await lab.cluster.shell("pve1", `grep ^pool:${pool}: /etc/pve/user.cfg`);
  return line.split(":")[3] ?? "";
}

/** A token as the page makes it, for seats on a storage that every node has for itself. */
export async function localTenantToken(lab: ClassLab): Promise<string> {
  const lines = await tenantLines();
  return await typeLines(
    lab,
    lines.replace("/storage/nas", "/storage/local").replace("VM.PowerMgmt'", "VM.PowerMgmt VM.Migrate'"),
  );
}
