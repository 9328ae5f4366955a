import { resolve } from "node:path";

/**
 * The folder that a `pulumi` call works in: its packages hold the plugins to use.
 *
 * @example
 * projectFolder(["up", "-C", "stacks/lab"]); // "<current folder>/stacks/lab"
 */
export function projectFolder(args: readonly string[]): string {
  const index = args.findIndex((arg) => arg === "-C" || arg === "--cwd");
  const joined = args.flatMap((arg) => /^(?:--cwd=|-C=?)(.+)$/.exec(arg)?.[1] ?? [])[0];
  const named = index >= 0 ? args[index + 1] : joined;
  return resolve(named ?? ".");
}
