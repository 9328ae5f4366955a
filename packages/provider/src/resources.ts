import { poolSchema } from "./pool/pool-schema.ts";
import { type Registry, registryOf } from "./resource/registry.ts";

/** Every resource of the provider. Each is loaded when the first of its kind is used. */
export const resources: Registry = registryOf({
  schema: poolSchema,
  load: async () => (await import("./pool/pool-handler.ts")).poolHandler,
});
