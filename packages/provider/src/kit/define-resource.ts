import {
  findMistakes,
  hasUnknown,
  holdsSecret,
  isUnknown,
  type Kind,
  type Mistake,
  type Properties,
  unknownValue,
  withDefaults,
} from "@coppice/core";
import { diffProperties } from "./diff-properties.ts";
import { outputFields } from "./kind-properties.ts";
import type { CheckResult, Difference, Previewed, ResourceHandler, Wanted } from "./resource-handler.ts";

/** What an author of a resource writes; the rest has a sound default. */
export type ResourceDefinition<Inputs extends Properties, State extends Properties> = Omit<
  ResourceHandler<Inputs, State>,
  "kind" | "check" | "preview"
> &
  Partial<Pick<ResourceHandler<Inputs, State>, "preview">> & {
    readonly kind: Kind<Inputs>;
    /** What is wrong with inputs only after what the resource was last given, by whatever version: right by themselves. */
    checkChange?(former: Properties, inputs: Inputs): readonly Mistake[];
    /** What is wrong with inputs at the time when they are given first, in milliseconds since 1970. */
    checkTime?(former: Properties, inputs: Inputs, now: number): readonly Mistake[];
    /** Inputs with assumptions in place of what a preview does not know yet, for what it shows of diff and outputs. */
    assume?(previewed: Previewed<Inputs, State>): Inputs;
    /** A state of any version as this one reads it. By default it gets the defaults of fields that it does not have. */
    migrate?(recorded: Properties): State;
  };

/**
 * Makes a handler out of typed functions. The functions see only inputs that are as their kind describes them and
 * wholly known, and states as this version writes them: mistakes, defaults, what is not known yet during a preview and
 * what an earlier version recorded are dealt with here.
 *
 * @example
 * ```ts
 * export const pool = defineResource<PoolInputs, PoolState>({ kind: poolKind, diff, create, read, update, delete: remove });
 * ```
 */
export function defineResource<Inputs extends Properties, State extends Properties>(
  definition: ResourceDefinition<Inputs, State>,
): ResourceHandler {
  // Pulumi hands over plain JSON. Inputs were checked against the kind before any function below is
  // called, and the state is what these same functions returned earlier.
  const typed = definition as unknown as AnyDefinition;
  const { kind } = typed;
  const today = typed.migrate ?? ((recorded: Properties) => withDefaults(kind, recorded));
  const known = <R extends { readonly state: Properties }>(recorded: R) => {
    return { ...recorded, state: today(recorded.state) };
  };
  return {
    kind,
    check: (inputs, former, now) => check(typed, inputs, former, now),
    diff: (wanted) => diff(typed, known(wanted)),
    preview: async ({ inputs, recorded }, context) => {
      const previewed = { inputs, recorded: recorded && known(recorded) };
      const assumed = assume(typed, previewed);
      const planned = assumed && (await typed.preview?.({ ...previewed, inputs: assumed }, context));
      return plannedOutputs(kind, inputs, planned ?? {});
    },
    create: (inputs, context) => typed.create(inputs, context),
    read: ({ state, ...lookup }, context) =>
      typed.read(state === undefined ? lookup : known({ ...lookup, state }), context),
    update: (wanted, context) => typed.update(known(wanted), context),
    delete: (recorded, context) => typed.delete(known(recorded), context),
  };
}

type AnyDefinition = ResourceDefinition<Properties, Properties>;

/** A program may hand outputs to a resource wherever it likes, so that any of its inputs may be unknown in a preview. */
function check(
  { kind, checkChange, checkTime }: AnyDefinition,
  inputs: Properties,
  former: Properties = {},
  now: number = Number.NEGATIVE_INFINITY,
): CheckResult<Properties> {
  const wrong = findMistakes(kind, inputs, isUnknown, "all");
  if (wrong.length > 0) return { inputs, mistakes: wrong };
  const complete = withDefaults(kind, inputs, isUnknown);
  const isNew = Object.keys(former).length === 0;
  const changed = isNew ? [] : (checkChange?.(former, complete) ?? []);
  return { inputs: complete, mistakes: [...changed, ...(checkTime?.(former, complete, now) ?? [])] };
}

function diff(definition: AnyDefinition, wanted: Wanted<Properties, Properties>): Difference {
  return hasUnknown(wanted.inputs) ? diffUnknown(definition, wanted) : definition.diff(wanted);
}

/** Inputs of which everything is known or assumed; undefined where that cannot be. */
function assume(
  definition: AnyDefinition,
  previewed: Previewed<Properties, Properties>,
): Properties | undefined {
  const inputs = hasUnknown(previewed.inputs) ? definition.assume?.(previewed) : previewed.inputs;
  return hasUnknown(inputs) ? undefined : inputs;
}

/** An input that is not known yet counts as changed; one that replaces then announces a replacement. */
function diffUnknown(definition: AnyDefinition, wanted: Wanted<Properties, Properties>): Difference {
  const changes = diffProperties(definition.kind, wanted.state, wanted.inputs);
  const inputs = assume(definition, { inputs: wanted.inputs, recorded: wanted });
  if (inputs === undefined) return { changes };
  const assumedly = definition.diff({ ...wanted, inputs });
  const known = new Set(changes.map(({ path }) => path));
  return { ...assumedly, changes: [...changes, ...assumedly.changes.filter(({ path }) => !known.has(path))] };
}

function plannedOutputs(kind: Kind, inputs: Properties, known: Properties): Properties {
  const names = Object.keys(outputFields(kind));
  const planned = names.map((name) => [name, known[name] ?? echo(kind, inputs, name)] as const);
  return Object.fromEntries(planned.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/**
 * An output that repeats an input is known as far as the input is; a secret one is not repeated: what a program
 * receives stands in the SDK's debug events in clear.
 */
function echo({ fields, outputs }: Kind, inputs: Properties, name: string) {
  const field = outputs[name] ?? fields[name];
  if (field !== undefined && holdsSecret(field) && inputs[name] !== undefined) return unknownValue;
  return Object.hasOwn(fields, name) ? inputs[name] : unknownValue;
}
