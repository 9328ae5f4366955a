import type { KindName } from "./document-kind.ts";
import { documentKinds } from "./document-kinds.ts";

/** Whose stack makes what a document of this kind describes; `none` where others merely refer to it. */
export function documentScope(kind: KindName): "tenant" | "cluster" | "none" {
  return documentKinds.find(({ name }) => name === kind)?.scope ?? "none";
}
