import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Made } from "@coppice/components";
import type { Description } from "../documents/description.ts";
import { isTenantQuota } from "../documents/is-tenant-quota.ts";

/** Whose token a document makes known. */
type Described = Pick<Description, "kind" | "name" | "inputs">;

/** Where the home keeps a tenant's token, in the form that a cluster's entry names a file in: `user@realm!name=secret`. */
export function tenantTokenFile(home: string, { name, inputs }: Described): string {
  const { cluster } = inputs;
  return join(home, "tokens", typeof cluster === "string" ? cluster : "main", name);
}

/**
 * Writes the token of a tenant that a run made, for its owner alone. At once when it is known, so that it is there before
 * the run ends: nobody waits for what a program does with outputs.
 */
export async function keepTenantToken(home: string, described: Described, { outputs }: Made): Promise<void> {
  if (!isTenantQuota(described)) return;
  const { all, runtime } = await import("@pulumi/pulumi");
  const file = tenantTokenFile(home, described);
  all([outputs["tokenId"], outputs["tokenSecret"]]).apply(([id, secret]: readonly unknown[]) => {
    if (runtime.isDryRun() || typeof id !== "string" || typeof secret !== "string") return;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${id}=${secret}\n`, { mode: 0o600 });
    renameSync(draft, file);
  });
}

/** Removes the tokens of tenants that are gone: they open nothing any more. */
export async function forgetTenantTokens(home: string, documents: readonly Described[]): Promise<void> {
  const tenants = documents.filter(isTenantQuota);
  await Promise.all(tenants.map((each) => rm(tenantTokenFile(home, each), { force: true })));
}
