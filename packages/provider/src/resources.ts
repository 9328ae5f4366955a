import { baseGenerationKind, overlayPoolKind, poolKind, tenantPoolKind } from "@coppice/core";
import { type Registry, registryOf } from "./kit/registry.ts";

/** Every resource of the provider. Each is loaded when the first of its kind is used. */
export const resources: Registry = registryOf(
  { kind: poolKind, load: async () => (await import("./resources/pool/pool.ts")).pool },
  {
    kind: baseGenerationKind,
    load: async () => (await import("./resources/base-generation/base-generation.ts")).baseGeneration,
  },
  {
    kind: overlayPoolKind,
    load: async () => (await import("./resources/overlay-pool/overlay-pool.ts")).overlayPool,
  },
  {
    kind: tenantPoolKind,
    load: async () => (await import("./resources/tenant-pool/tenant-pool.ts")).tenantPool,
  },
);
