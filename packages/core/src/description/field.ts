import type { NameKind } from "../values/name.ts";
import type { SizeText } from "../values/size.ts";
import type { Rule } from "./mistake.ts";

/** A value as people write it in a program or a document. */
export type PlainValue =
  | string
  | number
  | boolean
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/** A text; not an empty one unless it says so. */
export interface TextShape {
  readonly kind: "text";
  /** It is a name of this kind. */
  readonly name?: NameKind;
  readonly pattern?: TextPattern;
  readonly mayBeEmpty?: true;
  /** It is the path of a file. In a document a relative one begins at the document's folder. */
  readonly path?: true;
}

/** How a text must look. */
export interface TextPattern {
  readonly form: RegExp;
  /** What another text is, behind the comma: `'tags[0]' is "a b", not a tag; …`. */
  readonly outside: string;
  /** What to do, behind the semicolon: `use letters, digits and '-'`. */
  readonly wayOut: string;
  /** Another text is not repeated: it may be a secret that was taken for one of these. */
  readonly isHidden?: true;
}

/** A whole number, both limits included. */
export interface WholeShape {
  readonly kind: "whole";
  readonly from?: number;
  readonly to?: number;
  /** It may be larger than the whole numbers of every language, which end at 2^31. */
  readonly large?: true;
  /** What a number beyond the limits is, behind the comma: `'network.tag' is 5000, not a VLAN; …`. */
  readonly outside?: string;
}

/** Yes or no. */
export interface FlagShape {
  readonly kind: "flag";
}

/** One of a few texts. */
export interface ChoiceShape {
  readonly kind: "choice";
  /** Name of its type, where it has one. */
  readonly name?: string;
  /** Each text and what it means, as the predicate of a sentence: `keep: "leaves it as it is"`. */
  readonly choices: Readonly<Record<string, string>>;
}

/** An amount of memory or storage, written with its unit: `"4GiB"`. */
export interface SizeShape {
  readonly kind: "size";
  /** It is a whole number of these. */
  readonly whole: "MiB" | "GiB";
  readonly least: SizeText;
}

/** A span of time, written with its unit: `"7d"`. */
export interface DurationShape {
  readonly kind: "duration";
}

/** A list. */
export interface ListShape {
  readonly kind: "list";
  readonly items: Shape;
}

/** Values by names that are free. */
export interface MapShape {
  readonly kind: "map";
  readonly values: Shape;
}

/** An object with fixed fields. */
export interface RecordShape {
  readonly kind: "record";
  readonly type: RecordType;
}

/** Either of several shapes that differ as JavaScript values do: a text or an object, but not two objects. */
export interface OneOfShape {
  readonly kind: "one-of";
  readonly options: readonly Shape[];
}

/** What values a field holds. */
export type Shape =
  | TextShape
  | WholeShape
  | FlagShape
  | ChoiceShape
  | SizeShape
  | DurationShape
  | ListShape
  | MapShape
  | RecordShape
  | OneOfShape;

/** What every field says of itself, whatever it holds. */
export interface FieldWords {
  /** What it is, in one sentence for people; limits, choices, default and example are added where it is shown. */
  readonly sentence: string;
  /** A value as people write it. */
  readonly example?: PlainValue;
  /** What counts when it is absent; a field with a default is never `required`. */
  readonly default?: string | number | boolean;
  readonly required?: true;
  /** Encrypted in the state, hidden in every print, repeated in no message. */
  readonly secret?: true;
  /** A changed value needs a new resource. */
  readonly replaces?: true;
  /** A document may leave it out: it is chosen at the first preview, and kept. */
  readonly chosen?: true;
  /** May be the output of another resource, so that a preview does not know it. All else is known before the run. */
  readonly late?: true;
}

/** One thing that can be said about something. */
export type Field = Shape & FieldWords;

/** Fields by name, in the order in which people read them. */
export type Fields = Readonly<Record<string, Field>>;

/** An object with fixed fields and a name. Its rules see its values with defaults filled in. */
export interface RecordType<Value extends object = object> {
  readonly name: string;
  /** What it is, in one sentence for people. */
  readonly sentence: string;
  readonly fields: Fields;
  readonly rules?: readonly Rule<Value>[];
}
