import type { ParamTable } from "../../schema/param-table.ts";
import { parseBoolean } from "../../schema/parse-boolean.ts";
import { CommandError } from "./command-context.ts";

/** What a command line asks for: the named positions first, then options by name. */
export type ParsedArguments = Map<string, string>;

/**
 * Reads a command line as PVE::JSONSchema::get_options does: `--key value`, `--key=value`, `-key value`; booleans may
 * stand alone; words before the options fill the positions in order.
 *
 * @example parseArguments(["100", "--purge"], ["vmid"], { purge: { type: "boolean" } }) // vmid → 100, purge → 1
 */
export function parseArguments(
  args: readonly string[],
  positions: readonly string[],
  table: ParamTable,
): ParsedArguments {
  const found: ParsedArguments = new Map();
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const [, name, inline] = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    if (name === undefined) {
      words.push(arg);
      continue;
    }
    const next = args[at + 1];
    const isFlag = table[name]?.type === "boolean";
    if (inline !== undefined) found.set(name, flagValue(isFlag, inline));
    else if (next !== undefined && (isFlag ? isFlagValue(next) : !/^--?[A-Za-z]/.test(next))) {
      found.set(name, flagValue(isFlag, next));
      at += 1;
    } else if (isFlag) found.set(name, "1");
    else throw new CommandError(`400 unable to parse option\nOption ${name} requires an argument`);
  }
  words.forEach((word, index) => {
    const position = positions[index];
    if (position === undefined) throw new CommandError("400 too many arguments");
    found.set(position, word);
  });
  const missing = positions.slice(words.length).filter((name) => !found.has(name));
  if (missing.length > 0) throw new CommandError("400 not enough arguments");
  return found;
}

function isFlagValue(text: string): boolean {
  return parseBoolean(text) !== undefined;
}

function flagValue(isFlag: boolean, text: string): string {
  if (!isFlag) return text;
  return parseBoolean(text) ?? "0";
}
