import type { Command } from "commander";

/** A word that may be typed, and what it is. */
export interface Word {
  readonly text: string;
  readonly about: string;
}

/** An option as it is typed. */
export interface OptionWord extends Word {
  readonly hasValue: boolean;
  /** The values that it takes; none where any is taken. */
  readonly values: readonly string[];
}

/** What may be typed after a command's name. */
export interface CommandPlace {
  /** Empty for the program itself, else as in `/cluster/check`. */
  readonly path: string;
  /** Commands below it, and the values of its arguments. */
  readonly words: readonly Word[];
  readonly options: readonly OptionWord[];
}

/** A command and all below it, as commander shows them in its help. */
export function commandPlaces(command: Command, path = ""): CommandPlace[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command);
  const values = command.registeredArguments.flatMap(({ argChoices = [], description }) =>
    argChoices.map((text) => ({ text, about: description })),
  );
  const words = [
    ...below.map((each) => ({ text: each.name(), about: help.subcommandDescription(each) })),
    ...values,
  ];
  const options = help.visibleOptions(command).flatMap((option): OptionWord[] => {
    const { long, description, argChoices = [], required, optional } = option;
    if (long === undefined) return [];
    return [{ text: long, about: description, values: argChoices, hasValue: required || optional }];
  });
  return [
    { path, words, options },
    ...below.flatMap((each) => commandPlaces(each, `${path}/${each.name()}`)),
  ];
}
