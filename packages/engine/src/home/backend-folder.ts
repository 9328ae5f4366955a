import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { accountHome } from "./account-home.ts";

/**
 * The folder that a `file://` backend keeps state in; undefined for every other backend. As the engine reads it
 * (`pkg/backend/diy/backend.go`, `massageBlobPath`), which also takes `file://~` and relative folders, and options behind
 * a question mark.
 */
export function backendFolder(backend: string): string | undefined {
  if (!backend.startsWith("file://")) return undefined;
  const [url = ""] = backend.split("?");
  const path = url.slice("file://".length);
  if (path === "~" || path.startsWith("~/")) return join(accountHome(process.env), path.slice(1));
  return path.startsWith("/") ? fileURLToPath(url) : resolve(path);
}
