import { type AllowedNames, allowedNames, foreignNames } from "./allowed-names.ts";
import type { Circumstances, Described, Rule } from "./rule.ts";

/** Every machine is somebody's. */
export const tenantRule: Rule<AllowedNames> = {
  name: "tenant",
  description: "Every class names the tenant whose machines it makes.",
  settings: allowedNames("The tenants that there may be; any when absent."),
  find: { OverlayPool: findTenant, BaseGeneration: findTenant },
};

function findTenant(
  { class: of, tenant }: Described["OverlayPool"] | Described["BaseGeneration"],
  { settings }: Circumstances<AllowedNames>,
): string[] {
  if (tenant !== undefined) return foreignNames(`Class "${of}" is of tenant`, () => [tenant], settings);
  return [
    `Class "${of}" names no tenant, so that nobody's limits count for it. Set 'tenant' to whose machines they are`,
  ];
}
