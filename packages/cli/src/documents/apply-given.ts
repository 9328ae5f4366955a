import { CoppiceError } from "@coppice/core";
import type { Removal, StackVerdict } from "@coppice/engine";
import type { DocumentMistake, Source } from "@coppice/spec";
import { jsonText, stacksJson, verdictsJson } from "../output/change-json.ts";
import { changeLines, changeSummary, previewLines } from "../output/change-lines.ts";
import { appliedEnd } from "./applied-end.ts";
import { exitCodes } from "./exit-codes.ts";
import { type GivenPreview, mistakesLines, previewGiven } from "./preview-given.ts";
import { printLines } from "./print.ts";

/** How a command that changes something is called. */
export interface ApplyOptions {
  readonly json?: boolean;
  /** Without a question. */
  readonly yes?: boolean;
  /** Without a question, if the preview's digest is this one. */
  readonly accepted?: string;
  /** What the history says of it. */
  readonly message?: string;
  /** Whether what is there is read anew first. */
  readonly refresh?: boolean;
}

/** What is applied, and by which command. */
export interface Application extends ApplyOptions {
  readonly command: "up" | "reset" | "undo" | "drift";
  /** What the history says of it where nobody says otherwise. */
  readonly usualMessage: string;
  /** Whether a folder was given. */
  readonly isWhole?: boolean;
  /** What is said besides, last before the question. */
  readonly notes?: readonly string[];
  /** What is removed besides. */
  readonly removals?: readonly Removal[];
  /** What is done once it is agreed to, before anything is applied. */
  agreed?(): Promise<void>;
}

/** Shows what applying documents would do, asks, and applies them. The exit code is the answer. */
export async function applyGiven(
  application: Application & { readonly sources: readonly Source[] },
): Promise<number> {
  const { sources, usualMessage, message = usualMessage, refresh = false, isWhole = false } = application;
  return await previewGiven(sources, {
    message,
    refresh,
    isWhole,
    mistaken: (mistakes) => refuseMistakes(application, mistakes),
    previewed: async (preview) => await applyPreviewed(application, preview),
  });
}

/** Says the mistakes of documents, of which nothing is applied. */
export function refuseMistakes(
  { command, json = false }: Application,
  mistakes: readonly DocumentMistake[],
): number {
  if (json)
    process.stdout.write(jsonText(command, { result: "refused", mistakes, preview: [], applied: [] }));
  else printLines(mistakesLines(mistakes));
  return exitCodes.refused;
}

/** Says what a preview came to, asks, and applies it. The exit code is the answer. */
export async function applyPreviewed(application: Application, preview: GivenPreview): Promise<number> {
  const { json = false, command, isWhole = false, notes = [], removals = [] } = application;
  const { stacks, verdicts, order, at } = preview;
  const { applyDocuments, assertAccepted, destroyDocuments, judgedResult, previewResult, settleUnsettled } =
    await import("@coppice/engine");
  at.screen.end();
  if (!json) printLines([...previewLines(preview, isWhole), ...notes]);
  const refusal = judgedResult(stacks, verdicts);
  const usual = refusal === "would-apply" ? exitCodes.applied : exitCodes[refusal];
  const end = (result: string, code: number, applied: readonly StackVerdict[] = []): number => {
    const told = { preview: stacksJson(stacks), verdicts: verdictsJson(verdicts), notes };
    const fields = { result, mistakes: [], ...told, applied: stacksJson(applied) };
    if (json) process.stdout.write(jsonText(command, fields));
    return code;
  };
  // Nobody should agree to what was not shown to its end.
  if (at.talk.signal.aborted) return end("cancelled", exitCodes.cancelled);
  // The same command again, after what was accepted is done, has nothing to do.
  const isDone = !hasWork(stacks) && refusal === "would-apply";
  if (application.accepted !== undefined && !isDone) assertAccepted(application.accepted, verdicts.digest);
  // An order that is not carried out is not written either; what several currencies come to nobody has seen.
  const isUnpriced = verdicts.cost?.refusal !== undefined;
  const isWholeOrNothing = command === "undo" || application.agreed !== undefined || isUnpriced;
  const isHopeless = isWholeOrNothing && refusal !== "would-apply";
  if (isHopeless || !hasWork(stacks)) {
    await settleUnsettled(at.parts, { stacks, order }, at.talk);
    return end(usual === 0 ? "nothing-to-do" : refusal, usual);
  }
  if (!(await isAgreed(application, at.talk.signal))) return end("declined", exitCodes.unknown);
  await application.agreed?.();
  const made = await applyDocuments(at.parts, { order, previewed: stacks }, at.talk);
  // What went wrong may be what the removed was to be replaced by.
  const goesOn = removals.length > 0 && !at.talk.signal.aborted && previewResult(made) === "would-apply";
  const applied = goesOn
    ? await destroyDocuments(at.parts, { order, removals, previewed: stacks, before: made }, at.talk)
    : made;
  at.screen.end();
  if (!json) printLines([...changeLines(applied, "done"), "", changeSummary(applied, "done")]);
  if (at.talk.signal.aborted) return end("cancelled", exitCodes.cancelled, applied);
  const done = previewResult(applied);
  if (done !== "would-apply" && isRefusedByLimits(applied)) return end("refused", exitCodes.refused, applied);
  const { result, code } = appliedEnd(refusal, done);
  return end(result, code, applied);
}

/** Whether nothing went wrong but that others had taken the room by the time of the run: of that nothing was made. */
function isRefusedByLimits(stacks: readonly StackVerdict[]): boolean {
  const documents = stacks.flatMap(({ verdict }) => verdict.documents);
  const refusals = [
    ...stacks.flatMap(({ verdict }) => verdict.refusals),
    ...documents.flatMap((each) => each.refusals),
  ];
  const isWhole = documents.every(({ change }) => change !== "open");
  return isWhole && refusals.every(({ code }) => code === "quota.exceeded");
}

function hasWork(stacks: readonly StackVerdict[]): boolean {
  const documents = stacks.flatMap(({ verdict }) => verdict.documents);
  return documents.some(({ change }) => change === "create" || change === "update" || change === "delete");
}

/** Where nobody can be asked, nobody has agreed; and nobody is asked any more when the signal aborts. */
export async function isAgreed(
  { yes = false, json = false, accepted }: ApplyOptions,
  signal: AbortSignal,
  question = "Apply this?",
): Promise<boolean> {
  signal.throwIfAborted();
  if (yes || accepted !== undefined) return true;
  const { questionsOnTerminal } = await import("../terminal/questions-on-terminal.ts");
  const questions = json ? undefined : await questionsOnTerminal();
  if (questions === undefined) {
    throw new CoppiceError("command.unasked", {
      what: "Nothing was changed",
      why: "nobody can be asked here whether that is meant",
      wayOut: "Look at the preview and give --yes",
    });
  }
  const close = (): void => questions.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    return await questions.confirm(question);
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}
