import { engineWords } from "./engine-words.ts";

/**
 * Arguments of a destroy by which its preview says what goes: before one the engine tells a provider nothing but, where a
 * refresh is asked for, to read. Whatever its user says of these options counts.
 *
 * @example seeingDestroy(["destroy", "--yes"]) // ["destroy", "--yes", "--refresh", "--suppress-outputs"]
 */
export function seeingDestroy(args: readonly string[]): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const given = args.slice(0, end);
  // A stack may be called `down`.
  const [command = ""] = engineWords(given);
  if (!DESTROY.has(command) || given.some((arg) => HELP.has(arg))) return [...args];
  const added = OPTIONS.flatMap(({ option, says }) => (given.some((arg) => says.test(arg)) ? [] : [option]));
  return [...given, ...added, ...args.slice(end)];
}

/** The command and its aliases (pulumi, operations/destroy.go). */
const DESTROY: ReadonlySet<string> = new Set(["destroy", "down", "dn"]);

const HELP: ReadonlySet<string> = new Set(["-h", "--help"]);

const OPTIONS = [
  { option: "--refresh", says: /^(?:--refresh\b|-r)/ },
  // Outputs would stand between what goes and the question, five lines a seat.
  { option: "--suppress-outputs", says: /^--suppress-outputs\b/ },
] as const;
