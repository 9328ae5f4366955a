import { shellWord } from "../output/shell-word.ts";

/** What was answered until a try failed. */
export interface FailedTry {
  readonly template: string;
  readonly folder: string | undefined;
  /** The command as it is typed. */
  readonly command: string;
  /** The options that say as much, none of them a secret. */
  readonly answered: readonly (readonly [option: string, value: string])[];
}

/** How to try again without being asked everything again; nothing where nothing of a cluster was answered. */
export function nextTry({ template, folder, command, answered }: FailedTry): string[] {
  if (answered.length === 0 || folder === undefined) return [];
  const words = answered.map(([option, value]) => `${option} ${shellWord(value)}`);
  return [
    "The next try asks nothing again that these words say, beside those that were typed:",
    `  ${command} new ${template} ${shellWord(folder)} ${words.join(" ")}`,
  ];
}
