/**
 * What is typed of the engine's command, without flags and the values of those that may stand before it: the command first.
 *
 * @example engineWords(["-C", "lab", "stack", "rm", "down", "--yes"]) // ["stack", "rm", "down"]
 */
export function engineWords(args: readonly string[]): string[] {
  return args.filter((arg, index) => !arg.startsWith("-") && !WITH_VALUE.has(args[index - 1] ?? ""));
}

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
