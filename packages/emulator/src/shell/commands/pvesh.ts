import type { Method } from "../../api/call.ts";
import { WithChanges, WithTotal } from "../../api/route.ts";
import { PveError } from "../../kernel/pve-error.ts";
import { asRows, cell } from "./as-record.ts";
import { callApi, followTask, isUpid, paramsOf } from "./call-api.ts";
import { type CommandArgs, type CommandContext, CommandError } from "./command-context.ts";
import { parseArguments } from "./parse-arguments.ts";

const methods: Readonly<Record<string, Method>> = {
  get: "GET",
  ls: "GET",
  create: "POST",
  set: "PUT",
  delete: "DELETE",
};
const ownOptions = {
  "output-format": { type: "string", optional: true },
  noborder: { type: "boolean", optional: true },
  quiet: { type: "boolean", optional: true },
} as const;

/**
 * `pvesh get|create|set|delete|ls PATH`: the API from the node's shell. A task runs in the foreground and its failure
 * does not show in the exit code (pve-manager 9.2.11, PVE/CLI/pvesh.pm).
 */
export async function pvesh(context: CommandContext, args: CommandArgs): Promise<number> {
  const [verb = "", rawPath = "", ...rest] = args;
  const method = methods[verb];
  if (method === undefined) {
    context.output.err(`ERROR: unknown command 'pvesh ${verb}'\n`);
    return 255;
  }
  const path = `/${rawPath.replace(/^\/+|\/+$/g, "")}`.replace(
    "/nodes/localhost",
    `/nodes/${context.node.name}`,
  );
  try {
    const parsed = parseArguments(rest, [], { ...paramsOf(context, method, path), ...ownOptions });
    const answer = plain(
      await callApi(
        context,
        method,
        path,
        [...parsed].filter(([name]) => !(name in ownOptions)),
      ),
    );
    if (isUpid(answer)) await followTask(context, answer);
    if (!parsed.has("quiet"))
      print(context, answer, verb === "ls" ? "ls" : (parsed.get("output-format") ?? "text"));
    return 0;
  } catch (error) {
    if (error instanceof PveError) return refuse(context, error, verb, path);
    if (error instanceof CommandError) {
      context.output.err(`${error.message}\n`);
      return error.code;
    }
    throw error;
  }
}

function refuse({ output }: CommandContext, error: PveError, verb: string, path: string): number {
  if (error.status === 501) output.err(`No '${verb}' handler defined for '${path}'\n`);
  else output.err(`${error.errors === undefined ? error.message : `400 ${error.message}`}\n`);
  for (const [name, text] of Object.entries(error.errors ?? {})) output.err(`${name}: ${text.trimEnd()}\n`);
  return error.status === 501 || error.errors !== undefined ? 255 : 2;
}

function plain(answer: unknown): unknown {
  return answer instanceof WithTotal || answer instanceof WithChanges ? answer.data : answer;
}

function print({ output }: CommandContext, answer: unknown, format: string): void {
  if (answer === null || answer === undefined) return;
  if (format === "ls") {
    for (const row of asRows(answer)) output.out(`${cell(Object.values(row)[0])}\n`);
  } else if (format === "json") output.out(`${JSON.stringify(sorted(answer))}\n`);
  else if (typeof answer !== "object") output.out(`${cell(answer)}\n`);
  else output.out(`${JSON.stringify(sorted(answer), undefined, 3)}\n`);
}

/** Keys in order, as JSON.pm's canonical form has them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
