import { parseArgs } from "node:util";

/**
 * Reads the command line as the official host's: flags, then the engine's address,
 * which is missing when someone starts the host by hand to attach to it.
 *
 * @example readHostArguments(["127.0.0.1:41234"])
 * @param {readonly string[]} args
 */
export function readHostArguments(args) {
  const { values, positionals } = parseArgs({
    // Go's flag package takes one dash or two; parseArgs only two.
    args: args.map((arg) => arg.replace(/^-(?=[a-z]{2})/, "--")),
    allowPositionals: true,
    strict: false,
    options: { version: { type: "boolean" }, tracing: { type: "string" }, runtime: { type: "string" } },
  });
  const runtime = values["runtime"] ?? "nodejs";
  if (runtime !== "nodejs") throw new Error(`unsupported runtime: ${runtime}`);
  return {
    version: values["version"] === true,
    tracing: typeof values["tracing"] === "string" ? values["tracing"] : "",
    engineAddress: positionals.at(-1) ?? "",
  };
}
