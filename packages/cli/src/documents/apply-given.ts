import { CoppiceError } from "@coppice/core";
import type { StackVerdict } from "@coppice/engine";
import type { DocumentMistake, Source } from "@coppice/spec";
import { jsonText, stacksJson } from "../output/change-json.ts";
import { changeLines, changeSummary, othersLines } from "../output/change-lines.ts";
import { exitCodes } from "./exit-codes.ts";
import { type GivenPreview, mistakesLines, previewGiven } from "./preview-given.ts";
import { printLines } from "./print.ts";

/** How a command that changes something is called. */
export interface ApplyOptions {
  readonly json?: boolean;
  /** Without a question. */
  readonly yes?: boolean;
  /** What the history says of it. */
  readonly message?: string;
  /** Whether what is there is read anew first. */
  readonly refresh?: boolean;
}

/** What is applied, and by which command. */
export interface Application extends ApplyOptions {
  readonly command: "up" | "reset";
  readonly sources: readonly Source[];
  /** What the history says of it where nobody says otherwise. */
  readonly usualMessage: string;
  /** What is done once it is agreed to, before anything is applied. */
  agreed?(): Promise<void>;
}

/** Shows what applying documents would do, asks, and applies them. The exit code is the answer. */
export async function applyGiven(application: Application): Promise<number> {
  const { sources, usualMessage, message = usualMessage, refresh = false } = application;
  return await previewGiven(sources, {
    message,
    refresh,
    mistaken: (mistakes) => refuseMistakes(application, mistakes),
    previewed: async (preview) => await applyPreviewed(application, preview),
  });
}

function refuseMistakes(
  { command, json = false }: Application,
  mistakes: readonly DocumentMistake[],
): number {
  if (json)
    process.stdout.write(jsonText(command, { result: "refused", mistakes, preview: [], applied: [] }));
  else printLines(mistakesLines(mistakes));
  return exitCodes.refused;
}

async function applyPreviewed(application: Application, preview: GivenPreview): Promise<number> {
  const { json = false } = application;
  const { stacks, order, at } = preview;
  const { applyDocuments, previewResult } = await import("@coppice/engine");
  const refusal = previewResult(stacks);
  at.screen.end();
  if (!json)
    printLines([
      ...othersLines(stacks),
      ...changeLines(stacks, "planned"),
      "",
      changeSummary(stacks, "planned"),
    ]);
  const usual = refusal === "would-apply" ? exitCodes.applied : exitCodes[refusal];
  if (!hasWork(stacks))
    return told(application, {
      result: refusal === "would-apply" ? "nothing-to-do" : refusal,
      preview: stacks,
      applied: [],
      code: usual,
    });
  if (!(await isAgreed(application)))
    return told(application, { result: "declined", preview: stacks, applied: [], code: exitCodes.unknown });
  await application.agreed?.();
  const applied = await applyDocuments(at.parts, { order, previewed: stacks }, at.talk);
  at.screen.end();
  const failed = previewResult(applied);
  const isCancelled = at.talk.signal.aborted;
  if (!json) printLines([...changeLines(applied, "done"), "", changeSummary(applied, "done")]);
  const result = isCancelled ? "cancelled" : failed === "would-apply" ? "applied" : "failed";
  const code = isCancelled ? 130 : failed === "would-apply" ? usual : exitCodes.unknown;
  return told(application, { result, preview: stacks, applied, code });
}

interface Told {
  readonly result: string;
  readonly preview: readonly StackVerdict[];
  readonly applied: readonly StackVerdict[];
  readonly code: number;
}

function told({ command, json = false }: Application, { result, preview, applied, code }: Told): number {
  if (json) {
    const fields = { result, mistakes: [], preview: stacksJson(preview), applied: stacksJson(applied) };
    process.stdout.write(jsonText(command, fields));
  } else if (result === "declined") printLines(["Nothing was changed."]);
  return code;
}

function hasWork(stacks: readonly StackVerdict[]): boolean {
  const documents = stacks.flatMap(({ verdict }) => verdict.documents);
  return documents.some(({ change }) => change === "create" || change === "update" || change === "delete");
}

/** Where nobody can be asked, nobody has agreed. */
export async function isAgreed(
  { yes = false, json = false }: ApplyOptions,
  question = "Apply this?",
): Promise<boolean> {
  if (yes) return true;
  const { questionsOnTerminal } = await import("../terminal/questions-on-terminal.ts");
  const questions = json ? undefined : await questionsOnTerminal();
  if (questions === undefined) {
    throw new CoppiceError("command.unasked", {
      what: "Nothing was changed",
      why: "nobody can be asked here whether that is meant",
      wayOut: "Look at the preview and give --yes",
    });
  }
  try {
    return await questions.confirm(question);
  } finally {
    questions.close();
  }
}
