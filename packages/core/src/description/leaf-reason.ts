import { CoppiceError } from "../errors/coppice-error.ts";
import { parseDuration } from "../values/duration.ts";
import { findNameProblem, proposeName } from "../values/name.ts";
import { parseSize } from "../values/size.ts";
import type { ChoiceShape, PlainValue, Shape, SizeShape, TextShape, WholeShape } from "./field.ts";
import { nearestNames } from "./nearest-names.ts";
import { either, quoteText, valueText } from "./value-text.ts";

/** What a message may use beside the value. */
interface Manner {
  /** The value must not be repeated. */
  readonly isSecret: boolean;
  readonly example: PlainValue | undefined;
}

/** Why a value of the right JavaScript type is not what it should be; undefined when it is, or holds others. */
export function leafReason(shape: Shape, value: unknown, manner: Manner): string | undefined {
  switch (shape.kind) {
    case "text":
      return textReason(shape, String(value), manner);
    case "whole":
      return wholeReason(shape, Number(value), manner);
    case "choice":
      return choiceReason(shape, String(value), manner);
    case "size":
      return sizeReason(shape, String(value), manner);
    case "duration":
      return durationReason(String(value), manner);
    case "flag":
    case "list":
    case "map":
    case "record":
    case "one-of":
      return undefined;
  }
}

function textReason(
  { name, pattern, mayBeEmpty }: TextShape,
  text: string,
  { isSecret, example }: Manner,
): string | undefined {
  if (text === "" && mayBeEmpty !== true) {
    return `is an empty text; leave it out, or ${example === undefined ? "fill it" : `write one like ${valueText(example)}`}`;
  }
  const shown = quoteText(text, isSecret || pattern?.isHidden === true);
  if (pattern !== undefined && !pattern.form.test(text))
    return `is ${shown}, ${pattern.outside}; ${pattern.wayOut}`;
  const why = name === undefined ? undefined : findNameProblem(name, text);
  if (name === undefined || why === undefined) return undefined;
  const proposal = proposeName(name, text);
  const otherwise = valueText(example ?? "ada");
  const wayOut = proposal === "" ? `write one like ${otherwise}` : `${valueText(proposal)} would do`;
  return `is ${shown}, which cannot be the name of a ${name}: ${why}; ${wayOut}`;
}

function wholeReason(shape: WholeShape, number: number, { isSecret, example }: Manner): string | undefined {
  const { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER, outside } = shape;
  const shown = isSecret ? "a number that is not shown" : String(number);
  if (!Number.isSafeInteger(number)) {
    return `is ${shown}, not a whole number; write one like ${valueText(example ?? shape.from ?? 1)}`;
  }
  if (number >= from && number <= to) return undefined;
  return `is ${shown}${outside === undefined ? "" : `, ${outside}`}; choose ${limitsText(shape)}`;
}

/** The limits of a number in words, empty without any: `1 to 512`, `1 or more`. */
export function limitsText({ from, to }: WholeShape): string {
  if (from === undefined) return to === undefined ? "" : `at most ${to}`;
  return to === undefined ? `${from} or more` : `${from} to ${to}`;
}

function choiceReason({ choices }: ChoiceShape, text: string, { isSecret }: Manner): string | undefined {
  const known = Object.keys(choices);
  if (known.includes(text)) return undefined;
  const near = isSecret ? [] : nearestNames(text, known);
  const meant = near.length === 0 ? "" : `did you mean ${either(near.map(valueText))}? `;
  return `is ${quoteText(text, isSecret)}; ${meant}${meant === "" ? "choose" : "Choose"} ${either(known.map(valueText))}`;
}

function sizeReason({ whole, least }: SizeShape, text: string, manner: Manner): string | undefined {
  const wayOut = `write it like ${valueText(manner.example ?? least)}`;
  const shown = quoteText(text, manner.isSecret);
  const unreadable = whyUnreadable(() => parseSize(text));
  if (unreadable !== undefined) return `is ${shown}: ${unreadable}; ${wayOut}`;
  const bytes = parseSize(text);
  if (bytes < parseSize(least)) return `is ${shown}, less than ${least}; choose that or more`;
  return bytes % parseSize(`1${whole}`) === 0 ? undefined : `is ${shown}, not whole ${whole}; ${wayOut}`;
}

function durationReason(text: string, { isSecret, example }: Manner): string | undefined {
  const unreadable = whyUnreadable(() => parseDuration(text));
  const wayOut = `write it like ${valueText(example ?? "15m")}`;
  return unreadable === undefined ? undefined : `is ${quoteText(text, isSecret)}: ${unreadable}; ${wayOut}`;
}

function whyUnreadable(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (CoppiceError.is(error)) return error.why ?? error.what;
    throw error;
  }
}
