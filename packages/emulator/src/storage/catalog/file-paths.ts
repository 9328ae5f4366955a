import { die } from "../../kernel/pve-error.ts";
import type { VolumeType } from "../volume-types.ts";
import type { StorageConfig } from "./storage-config.ts";

/** The folder of each content type (pve-storage 9.1.7, Plugin.pm `$vtype_subdirs`). */
export const contentPaths: Readonly<Record<VolumeType, string>> = {
  images: "images",
  rootdir: "private",
  iso: "template/iso",
  vztmpl: "template/cache",
  backup: "dump",
  snippets: "snippets",
  import: "import",
};

/** The folder for a content type, as the node sees it; `content-dirs` may move it. */
export function contentFolder(storage: StorageConfig, vtype: VolumeType): string {
  if (storage.path === undefined) return die("storage definition has no path");
  return `${storage.path}/${contentDirs(storage)[vtype] ?? contentPaths[vtype]}`;
}

function contentDirs(storage: StorageConfig): Record<string, string> {
  const text = storage.options["content-dirs"] ?? "";
  const pairs = text.split(",").map((pair): [string, string] => {
    const [kind = "", folder = ""] = pair.split("=");
    return [kind, folder];
  });
  return Object.fromEntries(pairs.filter(([, folder]) => folder !== ""));
}
