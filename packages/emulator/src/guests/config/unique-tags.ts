import type { PveVersion } from "../../versions/pve-version.ts";

/** Tags without repetitions, in lower case; 9.2 sorts them, 8.4 keeps their order (recorded). */
export function uniqueTags(tags: string, version: PveVersion): string {
  const found = [
    ...new Set(
      tags
        .toLowerCase()
        .split(/[,;\s]+/)
        .filter((tag) => tag !== ""),
    ),
  ];
  return (version.features.sortedTags ? found.sort() : found).join(";");
}
