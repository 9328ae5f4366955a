import { basename } from "node:path";
import { CoppiceError } from "@coppice/core";

/** What both npm and Pulumi take: npm wants small letters and no dot or underscore first, Pulumi at most 100. */
const RIGHT = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** Names that npm keeps for itself (validate-npm-package-name). */
const KEPT = ["node_modules", "favicon.ico"];

/**
 * The name of a project: the one that is given, else one made of its folder's.
 *
 * @example projectName("/home/ada/My Class"); // "my-class"
 * @throws CoppiceError `template.name` when a given one cannot be a name
 */
export function projectName(folder: string, given?: string): string {
  if (given === undefined) return fromFolder(folder);
  if (isName(given)) return given;
  throw new CoppiceError("template.name", {
    what: `A project cannot be called ${JSON.stringify(given)}`,
    why: "npm and Pulumi take small letters, digits, '-', '_' and '.', at most 100, a letter or digit first",
    wayOut: `Choose another name, for example ${fromFolder(given)}`,
  });
}

function fromFolder(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 100);
  return isName(name) ? name : "lab";
}

function isName(name: string): boolean {
  return RIGHT.test(name) && !KEPT.includes(name);
}
