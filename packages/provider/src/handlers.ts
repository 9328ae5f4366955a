import { type DynamicProvider, dynamicProvider } from "./doors/dynamic/dynamic-provider.ts";
import { findResource } from "./kit/registry.ts";
import { resources } from "./resources.ts";

/** Proxmox pools, for the dynamic door. */
export const pool: DynamicProvider = dynamicProvider(findResource(resources, "coppice:index:Pool"));

/** Immutable bases of classes, for the dynamic door. */
export const baseGeneration: DynamicProvider = dynamicProvider(
  findResource(resources, "coppice:index:BaseGeneration"),
);

/** The machines of classes, for the dynamic door. */
export const overlayPool: DynamicProvider = dynamicProvider(
  findResource(resources, "coppice:index:OverlayPool"),
);

/** What Proxmox keeps of tenants, for the dynamic door. */
export const tenantPool: DynamicProvider = dynamicProvider(
  findResource(resources, "coppice:index:TenantPool"),
);

export { type DynamicProvider, dynamicProvider } from "./doors/dynamic/dynamic-provider.ts";
