import { isNamed, type Mistake } from "@coppice/core";
import type { RawDocument } from "../parse/raw-document.ts";
import { documentForms } from "./document-form.ts";

/** Documents that have a name which one before them has already, each with what is said of it. */
export function findNamesakes(raws: readonly RawDocument[]): ReadonlyMap<RawDocument, readonly Mistake[]> {
  const first = new Map<string, RawDocument>();
  const found = new Map<RawDocument, readonly Mistake[]>();
  for (const raw of raws) {
    const key = identity(raw.value);
    if (key === undefined) continue;
    const other = first.get(key);
    if (other === undefined) first.set(key, raw);
    else found.set(raw, [namesake(raw, other)]);
  }
  return found;
}

/** Whatever one stack makes shares its names: machines are called by them. */
function identity(value: unknown): string | undefined {
  if (!isNamed(value) || typeof value["kind"] !== "string" || typeof value["name"] !== "string")
    return undefined;
  const form = documentForms.get(value["kind"]);
  if (form === undefined) return undefined;
  const { scope, name } = form.kind;
  return `${scope === "tenant" ? scope : name} ${value["name"]}`;
}

function namesake({ value }: RawDocument, { value: other, file, placeOf }: RawDocument): Mistake {
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
