import { type JudgedOperation, judgedResult } from "@coppice/engine";
import type { DocumentMistake } from "@coppice/spec";
import { jsonText, stacksJson, verdictsJson } from "../output/change-json.ts";
import { previewLines } from "../output/change-lines.ts";
import { changeMarkdown } from "../output/change-markdown.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { mistakesLines, previewGiven } from "./preview-given.ts";
import { printLines } from "./print.ts";
import { readPaths } from "./read-paths.ts";

/** In which form a preview is printed, and what it is made of. */
export interface PreviewOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  /** Whether what is there is read anew first. */
  readonly refresh?: boolean;
}

/** Prints what applying documents would do. The exit code is the answer. */
export async function tellPreview(paths: readonly string[], options: PreviewOptions): Promise<number> {
  const { refresh = false } = options;
  const { sources, isWhole } = await readPaths(paths);
  return await previewGiven(sources, {
    message: "",
    refresh,
    isTrial: true,
    isWhole,
    mistaken: (mistakes) => {
      print({ mistakes, isWhole }, options);
      return exitCodes.refused;
    },
    previewed: async ({ stacks, verdicts, at }) => {
      at.screen.end();
      print({ judged: { stacks, verdicts }, mistakes: [], isWhole }, options);
      return exitCodeOf(judgedResult(stacks, verdicts));
    },
  });
}

interface Told {
  /** Absent where there are mistakes. */
  readonly judged?: JudgedOperation;
  readonly mistakes: readonly DocumentMistake[];
  readonly isWhole: boolean;
}

function print(told: Told, { json = false, markdown = false }: PreviewOptions): void {
  const { judged, mistakes, isWhole } = told;
  if (json) process.stdout.write(jsonText("preview", fieldsOf(told)));
  else if (markdown) process.stdout.write(changeMarkdown(judged, { mistakes, isWhole }));
  else printLines(judged === undefined ? mistakesLines(mistakes) : previewLines(judged, isWhole));
}

function fieldsOf({ judged, mistakes }: Told): object {
  if (judged === undefined) return { result: "refused", mistakes, stacks: [] };
  const { stacks, verdicts } = judged;
  const result = judgedResult(stacks, verdicts);
  return { result, mistakes, stacks: stacksJson(stacks), verdicts: verdictsJson(verdicts) };
}
