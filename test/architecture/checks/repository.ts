import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Check, Finding } from "../check.ts";
import { listFiles } from "../list-files.ts";
import { findAddresses } from "../rules/find-addresses.ts";
import { findForeignNames } from "../rules/find-foreign-names.ts";
import { findLostCitations } from "../rules/find-lost-citations.ts";
import { findLoosePins, findManifestProblems, type Manifest } from "../rules/manifest-rules.ts";
import { findRebase } from "../rules/no-rebase.ts";
import { findMarksInPerl } from "../rules/own-marks-in-perl.ts";
import { findReferenceProblems } from "../rules/project-references.ts";

/** Larger files are data; nobody writes an address into them by hand. */
const largestText = 2_000_000;

/**
 * Addresses, paths, forbidden orders, names on npm and pages that nobody has, in any file; and whether the packages' manifests agree
 * with each other.
 */
export const repository: Check = {
  name: "repository",
  async run(root) {
    const files = listFiles(root, (file) => statSync(join(root, file)).size <= largestText);
    const inTexts = files.flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      return [
        ...findAddresses(file, text, root),
        ...findForeignNames(file, text),
        ...findRebase(file, text),
        ...findMarksInPerl(file, text),
        ...findLostCitations(file, text, root),
      ];
    });
    return [...inTexts, ...manifestFindings(root, files), ...licenceFindings(root)];
  },
};

function manifestFindings(root: string, files: readonly string[]): Finding[] {
  const main = readManifest(root, "package.json");
  const folders = files.flatMap(
    (file) => /^((?:packages|policies)\/[^/]+)\/package\.json$/.exec(file)?.[1] ?? [],
  );
  if (folders.length === 0) return [{ rule: "manifest", place: "packages", message: "there is no package" }];
  return [
    ...findLoosePins("package.json", main),
    ...folders.flatMap((folder) => {
      const manifest = readManifest(root, `${folder}/package.json`);
      return [
        ...findManifestProblems(folder, manifest, main.version ?? ""),
        ...findReferenceProblems(root, folder, Object.keys(manifest.dependencies ?? {})),
      ];
    }),
  ];
}

function licenceFindings(root: string): Finding[] {
  const file = join(root, "LICENSE");
  if (existsSync(file) && readFileSync(file, "utf8").includes("Apache License")) return [];
  return [{ rule: "licence", place: "LICENSE", message: "the text of the Apache License 2.0 is missing" }];
}

function readManifest(root: string, file: string): Manifest {
  // npm itself refuses a manifest whose fields have other types.
  return JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest; // as: see above
}
