import { CoppiceError, foldNames } from "@coppice/core";
import type { DocumentVerdict, Refusal } from "../changes/change-verdict.ts";
import { isClass } from "../documents/is-class.ts";
import { isTenantQuota } from "../documents/is-tenant-quota.ts";
import { strangersAmong, type TenantMember } from "../ledger/tenant-use.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import type { OperationParts } from "./operation-parts.ts";
import type { StackVerdict } from "./stack-verdict.ts";

/** A removal as it was previewed, and all that goes with it. */
interface PreviewedRemoval {
  readonly previewed: readonly StackVerdict[];
  readonly going: readonly RecordedDocument[];
}

/** Refuses in its preview the removal of a tenant whose pool keeps machines that do not go with it: the run would. */
export async function refuseInUse(
  parts: OperationParts,
  { previewed, going }: PreviewedRemoval,
  signal: AbortSignal,
): Promise<StackVerdict[]> {
  const judge = async (document: DocumentVerdict, cluster: string): Promise<DocumentVerdict> => {
    if (!isTenantQuota(document) || document.change !== "delete") return document;
    const kept = await keptMachines(parts, { tenant: document.name, cluster, going }, signal);
    if (kept.length === 0) return document;
    return { ...document, change: "refused", refusals: [inUse(document.name, kept)] };
  };
  return await Promise.all(
    previewed.map(async (stack) => {
      const { verdict, cluster } = stack;
      const documents = await Promise.all(verdict.documents.map(async (each) => judge(each, cluster)));
      return { ...stack, verdict: { ...verdict, documents } };
    }),
  );
}

interface TenantLeaving {
  readonly tenant: string;
  readonly cluster: string;
  readonly going: readonly RecordedDocument[];
}

async function keptMachines(
  parts: OperationParts,
  { tenant, cluster, going }: TenantLeaving,
  signal: AbortSignal,
): Promise<readonly TenantMember[]> {
  // A tenant's numbers are those of its classes, which may stay.
  const given = going.filter(({ kind }) => isClass(kind));
  try {
    const use = await parts.tenantUse({ cluster, tenant }, signal);
    return strangersAmong(use?.members ?? [], { recorded: going, given });
  } catch (error) {
    // A mark that somebody changed keeps nobody from removing: the run looks at the machines itself.
    if (CoppiceError.is(error) && error.code === "quota.mark") return [];
    throw error;
  }
}

function inUse(tenant: string, kept: readonly TenantMember[]): Refusal {
  const names = foldNames(kept.map(({ name, vmid }) => name ?? String(vmid))).join(", ");
  const { message, code } = new CoppiceError("quota.in-use", {
    what: `Tenant "${tenant}" cannot be removed`,
    why: `its pool still has ${kept.length} machine${kept.length === 1 ? "" : "s"} [${names}]`,
    wayOut: "Remove the classes and machines that are named first",
  });
  return { message, code };
}
