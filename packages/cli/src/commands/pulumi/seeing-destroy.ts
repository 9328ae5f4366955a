/**
 * Arguments of a destroy by which its preview says what goes: before one the engine tells a provider nothing but, where a
 * refresh is asked for, to read. Whatever its user says of these options counts.
 *
 * @example seeingDestroy(["destroy", "--yes"]) // ["destroy", "--yes", "--refresh", "--suppress-outputs"]
 */
export function seeingDestroy(args: readonly string[]): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const given = args.slice(0, end);
  if (!DESTROY.has(commandOf(given) ?? "") || given.some((arg) => HELP.has(arg))) return [...args];
  const added = OPTIONS.flatMap(({ option, says }) => (given.some((arg) => says.test(arg)) ? [] : [option]));
  return [...given, ...added, ...args.slice(end)];
}

/** The first word that is no flag, nor a flag's value: a stack may be called `down`. */
function commandOf(args: readonly string[]): string | undefined {
  return args.find((arg, index) => !arg.startsWith("-") && !WITH_VALUE.has(args[index - 1] ?? ""));
}

/** The command and its aliases (pulumi, operations/destroy.go). */
const DESTROY: ReadonlySet<string> = new Set(["destroy", "down", "dn"]);

/** Flags that may stand before a command with a value of their own, as `pulumi --help` lists them. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  "-C",
  "--cwd",
  "-v",
  "--verbose",
  "--color",
  "--memprofilerate",
  "--otel-traces",
  "--profiling",
  "--tracing",
]);

const HELP: ReadonlySet<string> = new Set(["-h", "--help"]);

const OPTIONS = [
  { option: "--refresh", says: /^(?:--refresh\b|-r)/ },
  // Outputs would stand between what goes and the question, five lines a seat.
  { option: "--suppress-outputs", says: /^--suppress-outputs\b/ },
] as const;
