import type { Field, Shape } from "../packages/core/src/description/field.ts";
import { limitsText } from "../packages/core/src/description/leaf-reason.ts";
import { valueText } from "../packages/core/src/description/value-text.ts";

/** What a field is, for an editor and for the reference: its sentence, what its choices mean, limits, an example. */
export function fieldDoc(name: string, field: Field): string {
  const hints = [limitsOf(field), exampleText(name, field)].filter((hint) => hint !== "").join(", ");
  const hint = hints === "" ? "" : `${hints.charAt(0).toUpperCase()}${hints.slice(1)}.`;
  return [field.sentence, choicesText(field), hint].filter((part) => part !== "").join(" ");
}

function limitsOf(shape: Shape): string {
  if (shape.kind === "size") return `whole ${shape.whole}, at least ${shape.least}`;
  if (shape.kind !== "whole" || shape.from === 0) return "";
  return limitsText(shape);
}

function choicesText(shape: Shape): string {
  if (shape.kind !== "choice") return "";
  const texts = Object.entries(shape.choices).map(([choice, meaning]) => `\`${choice}\` ${meaning}`);
  return `${texts.join("; ")}.`;
}

/** A secret is best not written into a program at all. */
function exampleText(name: string, field: Field): string {
  if (field.secret === true && field.example === undefined)
    return `for example \`config.requireSecret("${name}")\``;
  return field.example === undefined ? "" : `for example \`${valueText(field.example)}\``;
}

/** The default as a program writes it. */
export function defaultText(field: Field): string | undefined {
  return field.default === undefined ? undefined : valueText(field.default);
}
