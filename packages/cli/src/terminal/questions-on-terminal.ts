import type { Questions } from "./questions.ts";

/** Somebody who answers, where both ends are a terminal. */
export async function questionsOnTerminal(): Promise<(Questions & { close(): void }) | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const { TerminalQuestions } = await import("./terminal-questions.ts");
  return new TerminalQuestions(process.stdin, process.stdout);
}
