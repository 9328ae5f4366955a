import type { Properties } from "@coppice/core";
import { checkSchema } from "./check-schema.ts";
import { diffProperties } from "./diff-properties.ts";
import type {
  CheckFailure,
  CheckResult,
  Difference,
  Previewed,
  ResourceHandler,
  Wanted,
} from "./resource-handler.ts";
import type { ResourceSchema } from "./resource-schema.ts";
import { hasUnknown, unknownValue } from "./unknown.ts";

/** What an author of a resource writes; the rest has a sound default. */
export type ResourceDefinition<Inputs extends Properties, State extends Properties> = Omit<
  ResourceHandler<Inputs, State>,
  "check" | "preview"
> &
  Partial<Pick<ResourceHandler<Inputs, State>, "check" | "preview">> & {
    /** Single rules beside `check`; one is asked as soon as the inputs that it needs are known. */
    readonly rules?: readonly InputRule<Inputs>[];
    /** Inputs with assumptions in place of what a preview does not know yet, for what it shows of diff and outputs. */
    assume?(previewed: Previewed<Inputs, State>): Inputs;
  };

/** One thing that may be wrong with inputs, and the inputs that it reads. */
export interface InputRule<Inputs extends Properties> {
  readonly needs: readonly (keyof Inputs & string)[];
  find(inputs: Inputs): readonly CheckFailure[];
}

/**
 * Makes a handler out of typed functions. The functions see only inputs that fit the schema and are
 * wholly known: what is missing, of the wrong type or not known yet during a preview is dealt with here.
 *
 * @example
 * ```ts
 * export const pool = defineResource<PoolInputs, PoolState>({ schema, diff, create, read, update, delete: remove });
 * ```
 */
export function defineResource<Inputs extends Properties, State extends Properties>(
  definition: ResourceDefinition<Inputs, State>,
): ResourceHandler {
  // Pulumi hands over plain JSON. Inputs were checked against the schema before any function below is
  // called, and the state is what these same functions returned earlier.
  const typed = definition as unknown as ResourceDefinition<Properties, Properties>;
  const { schema } = typed;
  return {
    ...typed,
    check: (inputs) => check(typed, inputs),
    diff: (wanted) => (hasUnknown(wanted.inputs) ? diffUnknown(typed, wanted) : typed.diff(wanted)),
    preview: async (previewed, context) => {
      const inputs = assumed(typed, { inputs: previewed.inputs, recorded: previewed.recorded });
      const known = inputs && (await typed.preview?.({ ...previewed, inputs }, context));
      return plannedOutputs(schema, previewed.inputs, known ?? {});
    },
  };
}

function check(
  definition: ResourceDefinition<Properties, Properties>,
  inputs: Properties,
): CheckResult<Properties> {
  const failures = checkSchema(definition.schema, inputs);
  if (failures.length > 0) return { inputs, failures };
  const askable = (definition.rules ?? []).filter(
    ({ needs }) => !needs.some((name) => hasUnknown(inputs[name])),
  );
  const broken = askable.flatMap((rule) => rule.find(inputs));
  if (broken.length > 0 || hasUnknown(inputs)) return { inputs, failures: broken };
  return definition.check?.(inputs) ?? { inputs, failures };
}

type AnyDefinition = ResourceDefinition<Properties, Properties>;

/** Inputs of which everything is known or assumed; undefined where that cannot be. */
function assumed(
  { assume }: AnyDefinition,
  previewed: Previewed<Properties, Properties>,
): Properties | undefined {
  const inputs = hasUnknown(previewed.inputs) ? assume?.(previewed) : previewed.inputs;
  return hasUnknown(inputs) ? undefined : inputs;
}

/** An input that is not known yet counts as changed; one that replaces then announces a replacement. */
function diffUnknown(definition: AnyDefinition, wanted: Wanted<Properties, Properties>): Difference {
  const changes = diffProperties(definition.schema, wanted.state, wanted.inputs);
  const inputs = assumed(definition, { inputs: wanted.inputs, recorded: wanted });
  if (inputs === undefined) return { changes };
  const assumedly = definition.diff({ ...wanted, inputs });
  const known = new Set(changes.map(({ path }) => path));
  return { ...assumedly, changes: [...changes, ...assumedly.changes.filter(({ path }) => !known.has(path))] };
}

function plannedOutputs(schema: ResourceSchema, inputs: Properties, known: Properties): Properties {
  const names = Object.keys(schema.outputs);
  const planned = names.map((name) => [name, known[name] ?? echo(schema, inputs, name)] as const);
  return Object.fromEntries(planned.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/**
 * An output that repeats an input is known as far as the input is; a secret one is not repeated: what a program
 * receives stands in the SDK's debug events in clear.
 */
function echo(schema: ResourceSchema, inputs: Properties, name: string) {
  if (schema.outputs[name]?.secret === true && inputs[name] !== undefined) return unknownValue;
  return Object.hasOwn(schema.inputs, name) ? inputs[name] : unknownValue;
}
