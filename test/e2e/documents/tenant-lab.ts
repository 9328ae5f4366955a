import { withLimits } from "@coppice/clusters";
import type { Limits } from "@coppice/core";
import type { AccountEntries } from "@coppice/database";
import { DocumentsLab } from "./documents-lab.ts";

/** A class of a tenant as a document. */
export function tenantClass(name: string, seats: number, more: object = {}): string {
  const fields = { kind: "LabClass", version: 1, name, tenant: "acme", seats, storage: "nas" };
  // JSON is YAML.
  return JSON.stringify({ ...fields, template: { vmid: 9000 }, ...more });
}

/** Makes the tenant's pool, or gives it other limits. */
export async function limitTenant(
  lab: DocumentsLab,
  limits: Limits,
  { verb = "set", tenant = "acme" } = {},
): Promise<void> {
  const comment = withLimits("Physics", tenant, limits);
  const pool = verb === "create" ? `/pools --poolid ${tenant}` : `/pools/${tenant}`;
  const { code, stderr } = await lab.emulator.shell("pve1", `pvesh ${verb} ${pool} --comment '${comment}'`);
  if (code !== 0) throw new Error(stderr);
}

/** A home on a cluster where the tenant may have so much. */
export async function startTenantLab(limits: Limits, env: NodeJS.ProcessEnv = {}): Promise<DocumentsLab> {
  const lab = await DocumentsLab.start(env);
  await limitTenant(lab, limits, { verb: "create" });
  return lab;
}

/** What the ledger of a home says. */
export async function ledgerOf(lab: DocumentsLab): Promise<readonly AccountEntries[]> {
  const { code, out, err } = await lab.run("ledger", "show", "--json");
  if (code !== 0) throw new Error(out + err);
  return (JSON.parse(out) as { accounts: readonly AccountEntries[] }).accounts; // as the guide says
}
