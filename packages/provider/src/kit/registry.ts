import { CoppiceError, type Kind } from "@coppice/core";
import type { ResourceHandler } from "./resource-handler.ts";

/** A resource that is known by its kind and loaded at first use. */
export interface RegisteredResource {
  readonly kind: Kind;
  readonly load: () => Promise<ResourceHandler>;
}

/** Resources by class name. */
export type Registry = ReadonlyMap<string, RegisteredResource>;

/** A registry of these resources. */
export function registryOf(...resources: readonly RegisteredResource[]): Registry {
  return new Map(resources.map((resource) => [resource.kind.name, resource]));
}

/** Finds a resource by its type, of either door: `coppice:index:Pool` or `pulumi-nodejs:dynamic/coppice:Pool`. */
export function findResource(registry: Registry, type: string): RegisteredResource {
  const found = registry.get(type.slice(type.lastIndexOf(":") + 1));
  if (found !== undefined) return found;
  throw new CoppiceError("provider.unknown-resource", {
    what: `The provider coppice knows no resource ${type}`,
    why: `it knows ${[...registry.keys()].join(", ")}`,
    wayOut: "Use the same version of @coppice/components and of the plugin",
  });
}
