import { isNamed, type Mistake } from "@coppice/core";
import type { RawDocument } from "../parse/raw-document.ts";
import { documentForms } from "./document-form.ts";
import { clusterOf } from "./known-documents.ts";

/** Documents that have a name which one before them has already, each with what is said of it. */
export function findNamesakes(
  raws: readonly RawDocument[],
  shown: (file: string) => string = (file) => file,
): ReadonlyMap<RawDocument, readonly Mistake[]> {
  const first = new Map<string, RawDocument>();
  const found = new Map<RawDocument, readonly Mistake[]>();
  for (const raw of raws) {
    const key = identity(raw.value);
    if (key === undefined) continue;
    const other = first.get(key);
    if (other === undefined) first.set(key, raw);
    else found.set(raw, [namesake(raw, other, shown(other.file))]);
  }
  return found;
}

/** Whatever one stack makes shares its names: machines are called by them. Clusters do not know each other. */
function identity(value: unknown): string | undefined {
  if (!isNamed(value) || typeof value["kind"] !== "string" || typeof value["name"] !== "string")
    return undefined;
  const form = documentForms.get(value["kind"]);
  if (form === undefined) return undefined;
  const { scope, name, type } = form.kind;
  const own = `${scope === "tenant" ? scope : name} ${value["name"]}`;
  return type.fields["cluster"] === undefined ? own : `${clusterOf(value)} ${own}`;
}

function namesake({ value }: RawDocument, { value: other, placeOf }: RawDocument, file: string): Mistake {
  const [name, kind] = [textOf(value, "name"), textOf(other, "kind")];
  const where = `${file}:${placeOf(["name"], "value").line}`;
  return {
    path: ["name"],
    reason: `is "${name}", which the ${kind} in ${where} has already; give it another`,
  };
}

function textOf(value: unknown, field: string): string {
  return isNamed(value) ? String(value[field]) : "";
}
