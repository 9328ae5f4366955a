import { jsonText } from "../output/change-json.ts";
import { failureMarkdown } from "../output/change-markdown.ts";
import { failureText } from "../output/failure-text.ts";
import { InterruptedError } from "../terminal/interrupted-error.ts";
import { exitCodes, failureResult } from "./exit-codes.ts";

/** How a command prints what it has to say. */
export interface Printing {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Prints lines on the output. */
export function printLines(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
}

/** Runs a command, and prints why it could not be done in the form that is asked for. */
export async function printingFailures(
  command: string,
  { json = false, markdown = false }: Printing,
  work: () => Promise<number>,
): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    const { result, text } = failureOf(command, error);
    if (json) {
      const { message, code } = errorFields(error);
      process.stdout.write(jsonText(command, { result, error: { message, ...(code && { code }) } }));
    }
    // Whoever made a comment of it before shall not go on with that one.
    if (markdown) process.stdout.write(failureMarkdown(result, text));
    process.stderr.write(`${text}\n`);
    process.exitCode = exitCodes[result];
  }
}

/** What a failure of a whole command comes to, and how it is told to people. */
function failureOf(command: string, error: unknown) {
  if (error instanceof InterruptedError)
    return { result: "cancelled", text: `coppice: ${error.message}` } as const;
  // With the code of a refusal `drift` says that something differs.
  const result = command === "drift" ? "unknown" : failureResult(error);
  return { result, text: failureText(error) } as const;
}

function errorFields(error: unknown): { message: string; code?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  return "code" in error && typeof error.code === "string"
    ? { message: error.message, code: error.code }
    : { message: error.message };
}
