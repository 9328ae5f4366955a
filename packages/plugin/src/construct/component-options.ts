import {
  type Alias,
  type ComponentResourceOptions,
  type CustomTimeouts,
  DependencyProviderResource,
  DependencyResource,
  rootStackResource,
  runtime,
  type URN,
} from "@pulumi/pulumi";
import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb.js";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import { sdkParts } from "./sdk-parts.ts";

/**
 * The options that a program gave to a component, as the component's class takes them.
 *
 * @param provider whose component it is, and so its resources, where the program names no other: the engine would take
 *   the plugin without a version for them, another process of the same one or even another one
 */
export function componentOptions(request: ConstructRequest, provider?: string): ComponentResourceOptions {
  const given = Object.fromEntries(request.getProvidersMap().getEntryList());
  const providers: Record<string, string> = {
    ...(provider !== undefined && { coppice: provider }),
    ...given,
  };
  return present<ComponentResourceOptions>({
    parent: resourceOf(request.getParent()),
    aliases: request.getAliasesList().map(aliasOf),
    dependsOn: request.getDependenciesList().map((urn) => new DependencyResource(urn)),
    providers: Object.fromEntries(
      Object.entries(providers).map(([name, reference]) => [name, new DependencyProviderResource(reference)]),
    ),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    replacementTrigger: replacementTriggerOf(request),
    customTimeouts: timeoutsOf(request),
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: resourceOf(request.getDeletedwith()),
    replaceWith: request.getReplaceWithList().map((urn) => new DependencyResource(urn)),
    hooks: sdkParts.hookBindingFromProto(request.getResourceHooks()),
  });
}

function resourceOf(urn: string): DependencyResource | undefined {
  return urn === "" ? undefined : new DependencyResource(urn);
}

function aliasOf(alias: AliasMessage): URN | Alias {
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  const former = present<Alias>({
    name: spec.getName() || undefined,
    type: spec.getType() || undefined,
    stack: spec.getStack() || undefined,
    project: spec.getProject() || undefined,
    parent: spec.getParenturn() || undefined,
  });
  return spec.getNoparent() ? { ...former, parent: rootStackResource } : former;
}

function timeoutsOf(request: ConstructRequest): CustomTimeouts | undefined {
  const timeouts = request.getCustomtimeouts();
  return (
    timeouts &&
    present<CustomTimeouts>({
      create: timeouts.getCreate() || undefined,
      update: timeouts.getUpdate() || undefined,
      delete: timeouts.getDelete() || undefined,
      read: timeouts.getRead() || undefined,
    })
  );
}

function replacementTriggerOf(request: ConstructRequest): unknown {
  const trigger = request.getReplacementTrigger();
  return trigger && runtime.deserializeProperty(trigger.toJavaScript(), true);
}

/** Options are given or absent, never undefined. */
function present<Options extends object>(
  options: { [Name in keyof Options]: Options[Name] | undefined },
): Options {
  // The same fields without those that are undefined, which the type of `fromEntries` cannot say.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}
