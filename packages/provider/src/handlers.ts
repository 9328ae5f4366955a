import { dynamicProvider, type DynamicProvider } from "./dynamic/dynamic-provider.ts";
import { findResource } from "./resource/registry.ts";
import { resources } from "./resources.ts";

/** Proxmox pools, for the dynamic door. */
export const pool: DynamicProvider = dynamicProvider(findResource(resources, "coppice:index:Pool"));

export { dynamicProvider, type DynamicProvider } from "./dynamic/dynamic-provider.ts";
