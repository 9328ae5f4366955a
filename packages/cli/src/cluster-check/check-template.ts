import { isHeld, type OpenCluster } from "@coppice/clusters";
import { listGuestResources, type Permissions } from "@coppice/pve";
import type { CheckScope } from "./check-scope.ts";
import type { Finding } from "./finding.ts";

/** Looks whether the template is there and is one; what the token may not see is said by the rights that it lacks. */
export async function checkTemplate(
  { client }: OpenCluster,
  permissions: Permissions,
  { template }: CheckScope,
): Promise<Finding[]> {
  if (template === undefined) return [];
  const what = `template ${template}`;
  const guest = (await listGuestResources(client)).find(({ vmid }) => vmid === template);
  if (guest?.template === true) return [{ state: "ok", what: `${what} on ${guest.node}` }];
  if (guest !== undefined)
    return [
      { state: "missing", what, disables: "it is a machine, not a template: no class can be made of it" },
    ];
  if (!isHeld(permissions, { privilege: "VM.Audit", path: `/vms/${template}` })) return [];
  return [
    { state: "missing", what, disables: "there is no machine of that number: no class can be made of it" },
  ];
}
