export { type ClassFacts, type Registration, registrationOf } from "./doors/resource-classes.ts";
export { defineResource, type ResourceDefinition } from "./kit/define-resource.ts";
export { diffItems, diffProperties } from "./kit/diff-properties.ts";
export { type RegisteredResource, type Registry, registryOf } from "./kit/registry.ts";
export type { ResourceContext } from "./kit/resource-context.ts";
export type {
  CheckFailure,
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
export type { PropertySchema, ResourceSchema } from "./kit/resource-schema.ts";
export {
  BaseGeneration,
  type BaseGenerationArgs,
} from "./resources/base-generation/base-generation-resource.ts";
export type {
  ClassCloudInit,
  ClassMethod,
  ClassPublish,
  OverlayPoolInputs,
  SeatException,
  SeatPlace,
} from "./resources/overlay-pool/inputs/class-inputs.ts";
export { OverlayPool, type OverlayPoolArgs } from "./resources/overlay-pool/overlay-pool-resource.ts";
export { Pool, type PoolArgs } from "./resources/pool/pool.ts";
export { resources } from "./resources.ts";
