import { type Registry, registryOf } from "./kit/registry.ts";
import { baseGenerationSchema } from "./resources/base-generation/base-generation-schema.ts";
import { overlayPoolSchema } from "./resources/overlay-pool/overlay-pool-schema.ts";
import { poolSchema } from "./resources/pool/pool-schema.ts";

/** Every resource of the provider. Each is loaded when the first of its kind is used. */
export const resources: Registry = registryOf(
  { schema: poolSchema, load: async () => (await import("./resources/pool/pool-handler.ts")).poolHandler },
  {
    schema: baseGenerationSchema,
    load: async () => (await import("./resources/base-generation/base-generation.ts")).baseGeneration,
  },
  {
    schema: overlayPoolSchema,
    load: async () => (await import("./resources/overlay-pool/overlay-pool.ts")).overlayPool,
  },
);
