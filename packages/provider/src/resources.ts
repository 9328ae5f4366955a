import { baseGenerationSchema } from "./base-generation/base-generation-schema.ts";
import { overlayPoolSchema } from "./overlay-pool/overlay-pool-schema.ts";
import { poolSchema } from "./pool/pool-schema.ts";
import { type Registry, registryOf } from "./resource/registry.ts";

/** Every resource of the provider. Each is loaded when the first of its kind is used. */
export const resources: Registry = registryOf(
  { schema: poolSchema, load: async () => (await import("./pool/pool-handler.ts")).poolHandler },
  {
    schema: baseGenerationSchema,
    load: async () => (await import("./base-generation/base-generation.ts")).baseGeneration,
  },
  {
    schema: overlayPoolSchema,
    load: async () => (await import("./overlay-pool/overlay-pool.ts")).overlayPool,
  },
);
