export { type ClassFacts, type Registration, registrationOf } from "./doors/resource-classes.ts";
export type * from "./generated/arguments.ts";
export { defineResource, type ResourceDefinition } from "./kit/define-resource.ts";
export { diffItems, diffProperties } from "./kit/diff-properties.ts";
export { type RegisteredResource, type Registry, registryOf } from "./kit/registry.ts";
export type { ResourceContext } from "./kit/resource-context.ts";
export type {
  CheckResult,
  Created,
  Difference,
  Found,
  Lookup,
  Outcome,
  Previewed,
  PropertyChange,
  Recorded,
  ResourceHandler,
  Wanted,
} from "./kit/resource-handler.ts";
export { BaseGeneration } from "./resources/base-generation/base-generation-resource.ts";
export { OverlayPool } from "./resources/overlay-pool/overlay-pool-resource.ts";
export { Pool } from "./resources/pool/pool-resource.ts";
export { TenantPool } from "./resources/tenant-pool/tenant-pool-resource.ts";
export { resources } from "./resources.ts";
