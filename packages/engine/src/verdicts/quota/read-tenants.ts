import { CoppiceError } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import type { Refusal } from "../../changes/change-verdict.ts";
import type { TenantMembers } from "../../ledger/tenant-use.ts";
import type { OperationParts } from "../../operation/operation-parts.ts";

/** A tenant of a cluster, and what its pool said. */
export interface ReadTenant {
  readonly tenant: string;
  readonly cluster: string;
  /** Absent where nothing limits the tenant, or it could not be read. */
  readonly use?: TenantMembers;
  /** Why it could not be read. */
  readonly failure?: Refusal;
}

/** Reads the pool of every tenant of which a document says that it is its, each once. */
export async function readTenants(
  parts: OperationParts,
  documents: readonly SpecDocument[],
  signal: AbortSignal,
): Promise<ReadTenant[]> {
  const named = new Map(documents.flatMap((each) => tenantOf(each).map((own) => [JSON.stringify(own), own])));
  return await Promise.all(
    [...named.values()].map(async ({ tenant, cluster }) => {
      try {
        const use = await parts.tenantUse({ cluster, tenant }, signal);
        return { tenant, cluster, ...(use && { use }) };
      } catch (error) {
        if (signal.aborted || !CoppiceError.is(error)) throw error;
        return { tenant, cluster, failure: { message: error.message, code: error.code } };
      }
    }),
  );
}

function tenantOf({ cluster, inputs: { tenant } }: SpecDocument): Pick<ReadTenant, "tenant" | "cluster">[] {
  return typeof tenant === "string" ? [{ tenant, cluster }] : [];
}
