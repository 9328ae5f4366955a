import type { CommandPlace } from "./command-tree.ts";

/**
 * A function for bash that completes commands, options and their values, and files where none of them is known. Commands
 * and options are words of letters and dashes, so none needs quotes.
 */
export function bashScript(places: readonly CommandPlace[]): string {
  const paths = places.flatMap(({ path }) => (path === "" ? [] : [path]));
  return `_coppice() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} at= word words=
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD-1))}"; do
    case "$at/$word" in
      ${paths.join("|")}) at="$at/$word" ;;
    esac
  done
  case "$at $previous" in
${places.flatMap(valueCases).join("\n")}
    *) case "$at" in
${places.map(wordCase).join("\n")}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _coppice coppice
`;
}

/** The same function for zsh, which knows bash's way of completion. */
export function zshScript(places: readonly CommandPlace[]): string {
  return `autoload -Uz compinit bashcompinit
(( $+functions[compdef] )) || compinit
bashcompinit
${bashScript(places)}`;
}

/** After an option whose values nobody knows no word is offered, and bash offers files. */
function valueCases({ path, options }: CommandPlace): string[] {
  const valued = options.filter(({ hasValue }) => hasValue);
  const free = valued.filter(({ values }) => values.length === 0).map(({ text }) => `"${path} ${text}"`);
  const known = valued.filter(({ values }) => values.length > 0);
  return [
    ...known.map(({ text, values }) => `    "${path} ${text}") words="${values.join(" ")}" ;;`),
    ...(free.length > 0 ? [`    ${free.join("|")}) ;;`] : []),
  ];
}

function wordCase({ path, words, options }: CommandPlace): string {
  const all = [...words, ...options].map(({ text }) => text);
  return `      "${path}") words="${all.join(" ")}" ;;`;
}
