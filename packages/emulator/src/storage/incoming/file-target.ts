import { badParameters, die } from "../../kernel/pve-error.ts";
import { contentFolder } from "../catalog/file-paths.ts";
import type { StorageConfig } from "../catalog/storage-config.ts";

/** The content types that may come by upload or download. */
export type IncomingKind = "iso" | "vztmpl" | "import";

const patterns: Readonly<Record<IncomingKind, RegExp>> = {
  iso: /[^/]+\.(?:iso|img)$/i,
  vztmpl: /[^/]+\.tar(?:\.(?:gz|xz|zst|bz2))?$/i,
  import: /^[A-Za-z0-9_.\-+=]+\.(?:ova|qcow2|raw|vmdk)$/,
};

/** Narrows a checked parameter. */
export function isIncomingKind(text: string): text is IncomingKind {
  return text in patterns;
}

/**
 * Where an incoming file goes, as the node sees it; refuses a name that the content type does not take
 * (pve-storage 9.1.7, API2/Storage/Status.pm).
 */
export function incomingPath(storage: StorageConfig, kind: IncomingKind, filename: string): string {
  const name = filename.replace(/^.*[/\\]/, "").replace(/[^A-Za-z0-9_.\-+=@ ]/g, "_");
  if (!patterns[kind].test(name)) {
    throw badParameters({
      filename: kind === "import" ? "invalid filename or wrong extension" : "wrong file extension",
    });
  }
  return `${contentFolder(storage, kind)}/${name}`;
}

/** Refuses a storage that has no folder or does not hold the content. */
export function requireFileStorage(
  storage: StorageConfig,
  kind: IncomingKind,
  words: { noPath: string; notHeld: string },
): void {
  if (storage.path === undefined) die(`can't upload to storage type '${storage.type}'${words.noPath}`);
  if (!storage.content.has(kind)) die(words.notHeld);
}
