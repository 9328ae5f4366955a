import type { CommandPlace, OptionWord } from "./command-tree.ts";

/** Lines for fish that complete commands and options with what they are, and the options' values. */
export function fishScript(places: readonly CommandPlace[]): string {
  const paths = places.flatMap(({ path }) => (path === "" ? [] : [path]));
  return `function __coppice_at
  set -l at ""
  for word in (commandline -opc)[2..]
    if contains -- "$at/$word" ${paths.join(" ")}
      set at "$at/$word"
    end
  end
  test "$at" = "$argv[1]"
end
${places.flatMap(linesOf).join("\n")}
`;
}

function linesOf({ path, words, options }: CommandPlace): string[] {
  const start = `complete -c coppice -n ${quoted(`__coppice_at "${path}"`)}`;
  return [
    ...words.map(({ text, about }) => `${start} -f -a ${text} -d ${quoted(about)}`),
    ...options.map(
      (option) => `${start} -l ${option.text.slice(2)}${valueOf(option)} -d ${quoted(option.about)}`,
    ),
  ];
}

function valueOf({ hasValue, values }: OptionWord): string {
  if (!hasValue) return "";
  return values.length === 0 ? " -r" : ` -x -a ${quoted(values.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}
