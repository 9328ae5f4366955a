import type { RecordType } from "./field.ts";
import type { Mistake, Rule } from "./mistake.ts";
import { isAbsent, isNamed, type Named, valueIn } from "./shape-values.ts";
import { type IsUnknown, withDefaults } from "./with-defaults.ts";

/** What is known of an object when its rules are asked. */
export interface Findings {
  /** What its fields themselves have shown to be wrong. */
  readonly mistakes: readonly Mistake[];
  /** Fields that another name was perhaps meant for. */
  readonly meant: ReadonlySet<string>;
  readonly isUnknown: IsUnknown;
}

type Need = readonly string[];

/** A rule with what is worked out of its needs, once for all the objects that it is asked of. */
interface PreparedRule {
  readonly rule: Rule;
  readonly needs: readonly Need[];
  /** The object with the fields that the rule needs, and no others. */
  readonly needed: RecordType;
}

const prepared = new WeakMap<RecordType, readonly PreparedRule[]>();

/** What the rules of an object find. A rule whose fields are wrong or not known yet is not asked. */
export function askRules(type: RecordType, given: Named, findings: Findings): Mistake[] {
  return rulesOf(type).flatMap(({ rule, needs, needed }) => {
    if (needs.some((need) => isDoubtful(need, given, findings))) return [];
    // The needed values and no others, so that a rule that reads more than it names is noticed by its first test.
    return rule.find(withDefaults(needed, pickNamed(needs, given)));
  });
}

function rulesOf(type: RecordType): readonly PreparedRule[] {
  const before = prepared.get(type);
  if (before !== undefined) return before;
  const rules = (type.rules ?? []).map((rule) => preparedRule(type, rule));
  prepared.set(type, rules);
  return rules;
}

function preparedRule({ fields, ...type }: RecordType, rule: Rule): PreparedRule {
  const needs = rule.needs.map((need) => need.split("."));
  const names = new Set(needs.map(([name]) => name));
  const needed = Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
  return { rule, needs, needed: { ...type, fields: needed } };
}

function isDoubtful(need: Need, given: Named, { mistakes, meant, isUnknown }: Findings): boolean {
  if (meant.has(need[0] ?? "")) return true;
  if (mistakes.some(({ path }) => need.every((step, index) => path.length <= index || path[index] === step)))
    return true;
  return hasUnknown(valueAt(need, given, isUnknown), isUnknown);
}

function pick(needs: readonly Need[], value: unknown): unknown {
  if (!isNamed(value) || needs.some((need) => need.length === 0)) return value;
  return pickNamed(needs, value);
}

function pickNamed(needs: readonly Need[], named: Named): Named {
  const names = [...new Set(needs.flatMap(([name]) => name ?? []))];
  const inside = (name: string) => needs.filter(([first]) => first === name).map(([, ...rest]) => rest);
  return Object.fromEntries(names.map((name) => [name, pick(inside(name), valueIn(named, name))]));
}

/** The value at a path; an unknown object on the way stands for what would be inside. */
function valueAt([name, ...rest]: Need, given: unknown, isUnknown: IsUnknown): unknown {
  if (name === undefined || isAbsent(given) || isUnknown(given) || !isNamed(given)) return given;
  return valueAt(rest, valueIn(given, name), isUnknown);
}

/** Whether a value, or anything inside it, is not known yet. */
function hasUnknown(value: unknown, isUnknown: IsUnknown): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some((item) => hasUnknown(item, isUnknown));
  return isNamed(value) && Object.values(value).some((inner) => hasUnknown(inner, isUnknown));
}
