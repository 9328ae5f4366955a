import { previewResult, type RiskVerdict, type StackVerdict } from "@coppice/engine";
import type { DocumentMistake } from "@coppice/spec";
import { jsonText, stacksJson } from "../output/change-json.ts";
import { previewLines } from "../output/change-lines.ts";
import { changeMarkdown } from "../output/change-markdown.ts";
import { riskLines } from "../output/risk-lines.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { mistakesLines, previewGiven } from "./preview-given.ts";
import { printLines } from "./print.ts";
import { readPaths } from "./read-paths.ts";
import { riskOf } from "./risk-of.ts";

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
    mistaken: (mistakes) => {
      print({ stacks: [], mistakes, isWhole }, options);
      return exitCodes.refused;
    },
    previewed: async ({ stacks, at }) => {
      const risk = await riskOf(at, stacks);
      at.screen.end();
      print({ stacks, risk, mistakes: [], isWhole }, options);
      return exitCodeOf(previewResult(stacks));
    },
  });
}

interface Told {
  readonly stacks: readonly StackVerdict[];
  /** Of documents with mistakes nothing was previewed. */
  readonly risk?: RiskVerdict;
  readonly mistakes: readonly DocumentMistake[];
  readonly isWhole: boolean;
}

function print(
  { stacks, risk, mistakes, isWhole }: Told,
  { json = false, markdown = false }: PreviewOptions,
): void {
  const result = mistakes.length > 0 ? "refused" : previewResult(stacks);
  const fields = { result, mistakes, stacks: stacksJson(stacks), ...(risk && { verdicts: { risk } }) };
  if (json) process.stdout.write(jsonText("preview", fields));
  else if (markdown) process.stdout.write(changeMarkdown(stacks, { risk, mistakes, isWhole }));
  else if (mistakes.length > 0) printLines(mistakesLines(mistakes));
  else printLines([...previewLines(stacks, isWhole), ...(risk ? riskLines(risk) : [])]);
}
