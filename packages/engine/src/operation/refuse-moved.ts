import { CoppiceError } from "@coppice/core";
import type { DocumentName } from "../documents/document-urn.ts";
import type { NamedStack } from "../stack/document-stack.ts";
import type { DocumentBeside } from "../stack/read-beside.ts";

/**
 * Refuses documents that another tenant's stack has: this stack would make their machines anew, and both would own the
 * document. What it has itself it goes on with.
 *
 * @throws CoppiceError `document.invalid`
 */
export function refuseMoved(
  to: Pick<NamedStack, "cluster" | "tenant">,
  documents: readonly DocumentName[],
  beside: readonly DocumentBeside[],
): void {
  for (const { kind, name } of documents) {
    const other = beside.find((each) => each.name === name);
    if (other === undefined) continue;
    const { tenant } = other.of;
    const back =
      tenant === undefined ? "Leave 'tenant' out of it again" : `Set its 'tenant' back to "${tenant}"`;
    throw new CoppiceError("document.invalid", {
      what: `The ${kind} '${name}' cannot be made ${ownerWords(to.tenant)} on '${to.cluster}'`,
      why: `the ${other.kind} of that name was made ${ownerWords(tenant)}, and its machines would be made anew`,
      wayOut: `${back}, give it another name, or remove it first with all its disks: coppice destroy "${other.kind} ${name}" --cluster ${to.cluster}`,
    });
  }
}

function ownerWords(tenant: string | undefined): string {
  return tenant === undefined ? "without a tenant" : `for the tenant '${tenant}'`;
}
