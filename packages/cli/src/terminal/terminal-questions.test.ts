import { once } from "node:events";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { InterruptedError } from "./interrupted-error.ts";
import { TerminalQuestions } from "./terminal-questions.ts";

/** What comes of a talk with somebody who has typed some lines already. */
async function talk<T>(typed: string, work: (questions: TerminalQuestions) => Promise<T>): Promise<T> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const questions = new TerminalQuestions(input, Object.assign(output, { isTTY: true }));
  const result = work(questions);
  input.write(typed);
  try {
    return await result;
  } finally {
    questions.close();
  }
}

test("an empty answer is the usual one", async () => {
  expect(await talk("\r", (questions) => questions.ask("Name", "lab"))).toBe("lab");
});

test.each([
  ["y\r", true],
  ["YES\r", true],
  ["\r", false],
  ["ok\r", false],
])("%j is a yes: %s", async (typed, expected) => {
  expect(await talk(typed, (questions) => questions.confirm("Sure?"))).toBe(expected);
});

test("a secret is not shown, and what follows is", async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const questions = new TerminalQuestions(input, Object.assign(output, { isTTY: true }));
  const secret = questions.askSecret("Token");
  input.write("hunter2\r");
  expect(await secret).toBe("hunter2");
  const name = questions.ask("Name");
  input.write("ada\r");
  expect(await name).toBe("ada");
  questions.close();
  output.end();
  const shown = await text(output);
  expect(shown).not.toContain("hunter2");
  expect(shown).toContain("Token: \n");
  expect(shown).toContain("ada");
});

test("no key brings back a secret at the next question", async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const questions = new TerminalQuestions(input, Object.assign(output, { isTTY: true }));
  const secret = questions.askSecret("Token");
  input.write("hunter2\r");
  expect(await secret).toBe("hunter2");
  const name = questions.ask("Name");
  const arrowUp = "\u001b[A";
  input.write(`${arrowUp}\r`);
  expect(await name).toBe("");
  questions.close();
});

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])("%s leaves a question, and every later one, without an answer", async (_, typed) => {
  await expect(talk(typed, (questions) => questions.ask("Name"))).rejects.toThrow(InterruptedError);
});

test("Ctrl-C while nothing is asked is the program's", async () => {
  const heard = once(process, "SIGINT");
  await talk("ada\r", async (questions) => {
    expect(await questions.ask("Name")).toBe("ada");
  });
  const input = new PassThrough();
  const questions = new TerminalQuestions(input, Object.assign(new PassThrough(), { isTTY: true }));
  input.write("\u0003");
  await heard;
  questions.close();
});
