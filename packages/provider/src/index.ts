export { BaseGeneration, type BaseGenerationArgs } from "./base-generation/base-generation-resource.ts";
export type {
  Generation,
  GenerationCopy,
  GenerationDisk,
  MachineConfig,
} from "./base-generation/generation.ts";
export type { ClusterConnection, Connect } from "./config/cluster-connection.ts";
export type {
  ClusterEntry,
  ClusterSettings,
  NodeSshSettings,
  SshSettings,
} from "./config/cluster-settings.ts";
export { openClusters } from "./config/open-clusters.ts";
export { OverlayPool, type OverlayPoolArgs } from "./overlay-pool/overlay-pool-resource.ts";
export type {
  OverlayPoolInputs,
  PoolCloudInit,
  PoolMethod,
  PoolPublish,
  SeatException,
  SeatPlace,
} from "./overlay-pool/pool-inputs.ts";
export { Pool, type PoolArgs } from "./pool/pool.ts";
export { defineResource, type ResourceDefinition } from "./resource/define-resource.ts";
export { diffItems, diffProperties } from "./resource/diff-properties.ts";
export type { JsonValue, Properties } from "./resource/properties.ts";
export { type RegisteredResource, type Registry, registryOf } from "./resource/registry.ts";
export type { ResourceContext } from "./resource/resource-context.ts";
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
  Unfinished,
  Wanted,
} from "./resource/resource-handler.ts";
export type { PropertySchema, ResourceSchema } from "./resource/resource-schema.ts";
export { runSteps, type StepOptions, type StepResults } from "./resource/run-steps.ts";
export { type ClassFacts, type Registration, registrationOf } from "./resource-classes.ts";
export { resources } from "./resources.ts";
