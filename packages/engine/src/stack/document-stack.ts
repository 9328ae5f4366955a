import { documentScope, type KindName, type Properties } from "@coppice/core";
import type { StackName } from "../lease/stack-place.ts";

/** What says which stack makes a document. */
interface Placed {
  readonly kind: KindName;
  readonly cluster: string;
  readonly inputs: Readonly<Record<string, unknown>> | Properties;
}

/** A stack, and what its name says. */
export interface NamedStack extends StackName {
  readonly cluster: string;
  /** Whose documents it makes; absent where they are nobody's. */
  readonly tenant?: string;
}

/**
 * The stack that makes what a document describes: each cluster has one for what stands on it as a whole, one for what is
 * nobody's, and one for each tenant. Undefined where others merely refer to the document.
 *
 * @example documentStack({ kind: "LabClass", cluster: "main", inputs: { tenant: "acme" } })?.stack // "acme.main"
 */
export function documentStack({ kind, cluster, inputs }: Placed): NamedStack | undefined {
  const scope = documentScope(kind);
  if (scope === "none") return undefined;
  const { tenant } = inputs;
  if (scope === "tenant" && typeof tenant === "string") return tenantStack(cluster, tenant);
  return { project: `coppice-${scope}`, stack: cluster, cluster };
}

/** The stack of what a tenant has on a cluster; without a tenant, of what is nobody's. */
export function tenantStack(cluster: string, tenant?: string): NamedStack {
  const own = { project: "coppice-tenant", cluster };
  return tenant === undefined
    ? { ...own, stack: cluster }
    : { ...own, stack: `${tenant}.${cluster}`, tenant };
}

/** A stack's whole name, by which it is told from all others. */
export function stackKey({ project, stack }: StackName): string {
  return `${project}/${stack}`;
}

/**
 * What a stack's name says. Neither tenants nor clusters have a dot in their names.
 *
 * @example namedStack({ project: "coppice-tenant", stack: "acme.main" }) // { …, cluster: "main", tenant: "acme" }
 */
export function namedStack({ project, stack }: StackName): NamedStack {
  const dot = stack.lastIndexOf(".");
  const own = { project, stack, cluster: stack.slice(dot + 1) };
  return dot < 0 ? own : { ...own, tenant: stack.slice(0, dot) };
}
