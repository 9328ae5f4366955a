import { askRules } from "./ask-rules.ts";
import type { Field, OneOfShape, PlainValue, RecordType, Shape } from "./field.ts";
import { leafReason } from "./leaf-reason.ts";
import { type Mistake, under } from "./mistake.ts";
import { hasJsType, holdsSecret, isAbsent, isNamed, type Named, optionFor, valueIn } from "./shape-values.ts";
import { unknownFields } from "./unknown-fields.ts";
import { describeValue, valueText, wayOut } from "./value-text.ts";
import type { IsUnknown } from "./with-defaults.ts";

/** What a value inherits from the fields that it lies in. */
interface Manner {
  readonly isUnknown: IsUnknown;
  /** It may be unknown. */
  readonly isLate: boolean;
  readonly isSecret: boolean;
  readonly example: PlainValue | undefined;
}

/**
 * Everything that is wrong with an object, each mistake with its place and the way out: fields that nobody knows,
 * missing ones, values of the wrong type, out of range or unreadable, and what the rules across fields find. A late
 * field that is not known yet is no mistake; any other must be known before the run.
 *
 * @param isUnknown tells a value that is not known yet: an output in a program, Pulumi's own text in a provider.
 * @param mayBeUnknown which fields may be so: in a resource all, since a program may hand it outputs wherever it likes.
 */
export function findMistakes(
  type: RecordType,
  given: unknown,
  isUnknown: IsUnknown = () => false,
  mayBeUnknown: "late fields" | "all" = "late fields",
): Mistake[] {
  const manner = { isUnknown, isLate: mayBeUnknown === "all", isSecret: false, example: undefined };
  return valueMistakes({ kind: "record", type }, given ?? {}, manner);
}

const NOT_KNOWN =
  "is an output, which is known only during the run; give a plain value, since the run is planned by it";

function valueMistakes(shape: Shape, value: unknown, manner: Manner): Mistake[] {
  if (manner.isUnknown(value)) return manner.isLate ? [] : [{ path: [], reason: NOT_KNOWN }];
  if (!hasJsType(shape, value)) return [{ path: [], reason: typeReason(shape, value, manner) }];
  if (shape.kind === "list" && Array.isArray(value)) return listMistakes(shape.items, value, manner);
  if (shape.kind === "map" && isNamed(value)) return mapMistakes(shape.values, value, manner);
  if (shape.kind === "record" && isNamed(value)) return recordMistakes(shape.type, value, manner);
  if (shape.kind === "one-of") return optionMistakes(shape, value, manner);
  const reason = leafReason(shape, value, manner);
  return reason === undefined ? [] : [{ path: [], reason }];
}

/** A text that is none of the choices may have been meant as any other of the options. */
function optionMistakes(shape: OneOfShape, value: unknown, manner: Manner): Mistake[] {
  const option = optionFor(shape, value);
  const isStray = option?.kind === "choice" && leafReason(option, value, manner) !== undefined;
  if (option === undefined || isStray) return [{ path: [], reason: typeReason(shape, value, manner) }];
  return valueMistakes(option, value, { ...manner, example: undefined });
}

function typeReason(shape: Shape, value: unknown, manner: Manner): string {
  const isSecret = manner.isSecret || holdsSecret(shape);
  const inField = isSecret ? undefined : asOnlyField(shape, value, manner);
  const correction =
    inField === undefined ? wayOut(shape, manner.example) : `write it like ${valueText(inField)}`;
  return `is ${describeValue(value, isSecret)}; ${correction}`;
}

/** What is given where an object with one needed field belongs is mostly that field: `9000` for `{ vmid: 9000 }`. */
function asOnlyField(shape: Shape, value: unknown, manner: Manner): object | undefined {
  if (shape.kind === "one-of")
    return shape.options.map((each) => asOnlyField(each, value, manner)).find(Boolean);
  if (shape.kind !== "record") return undefined;
  const [only, ...others] = Object.entries(shape.type.fields).filter(([, { required }]) => required === true);
  if (only === undefined || others.length > 0) return undefined;
  const [name, field] = only;
  return valueMistakes(field, value, manner).length === 0 ? { [name]: value } : undefined;
}

function listMistakes(items: Shape, value: readonly unknown[], manner: Manner): Mistake[] {
  const example = inside(manner.example);
  return value.flatMap((item, index) => under(index, valueMistakes(items, item, { ...manner, example })));
}

function mapMistakes(values: Shape, value: Named, manner: Manner): Mistake[] {
  const example = inside(manner.example);
  return Object.entries(value).flatMap(([key, item]) =>
    isAbsent(item) ? [] : under(key, valueMistakes(values, item, { ...manner, example })),
  );
}

/** The example of what a list or a map holds. */
function inside(example: PlainValue | undefined): PlainValue | undefined {
  return typeof example === "object" ? Object.values<PlainValue>(example)[0] : undefined;
}

function recordMistakes(type: RecordType, value: Named, manner: Manner): Mistake[] {
  const names = Object.keys(value).filter((name) => !isAbsent(value[name]));
  const strange = unknownFields(type.fields, names);
  const meant = new Set(strange.flatMap((each) => each.meant));
  const own = Object.entries(type.fields).flatMap(([name, field]) => {
    const given = valueIn(value, name);
    return isAbsent(given) && meant.has(name) ? [] : under(name, fieldMistakes(field, given, manner));
  });
  const mistakes = [...strange.map(({ name, reason }) => ({ path: [name], reason })), ...own];
  return [...mistakes, ...askRules(type, value, { mistakes, meant, isUnknown: manner.isUnknown })];
}

function fieldMistakes(field: Field, value: unknown, outer: Manner): Mistake[] {
  if (isAbsent(value)) {
    return field.required === true
      ? [{ path: [], reason: `is missing; ${wayOut(field, field.example)}` }]
      : [];
  }
  return valueMistakes(field, value, {
    isUnknown: outer.isUnknown,
    isLate: outer.isLate || field.late === true,
    isSecret: outer.isSecret || field.secret === true,
    example: field.example ?? field.default,
  });
}
