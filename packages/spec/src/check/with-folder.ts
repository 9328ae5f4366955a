import { dirname, isAbsolute, join } from "node:path";
import type { Named } from "@coppice/core";
import type { DocumentForm } from "./document-form.ts";
import { valueAt, withValueAt } from "./value-at.ts";

/** The same description with the paths of files seen from where its file is seen from. */
export function withFolder({ paths }: DocumentForm, said: Named, file: string): Named {
  return paths.reduce((before, path) => {
    const name = valueAt(said, path);
    if (typeof name !== "string" || isAbsolute(name)) return before;
    return withValueAt(before, path, join(dirname(file), name));
  }, said);
}
