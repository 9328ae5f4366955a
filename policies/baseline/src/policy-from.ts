import { either, nearestNames, readKnown, resourceName } from "@coppice/core";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import type { Circumstances, Described, Rule } from "./rules/rule.ts";

/** A rule as Pulumi's policies have it: its findings are violations, and so is what cannot be judged. */
export function policyFrom<Settings extends object>(rule: Rule<Settings>): ResourceValidationPolicy {
  const { name, description, settings, mend } = rule;
  return {
    name,
    description,
    enforcementLevel: "mandatory",
    configSchema: { properties: settings },
    validateResource: (args, report) => {
      for (const sentence of findingsOf(rule, args)) report(sentence, args.urn);
    },
    ...(mend && { remediateResource: (args) => mended(args, mend) }),
  };
}

function findingsOf<Settings extends object>(rule: Rule<Settings>, args: ResourceValidationArgs): string[] {
  const find = finderOf(rule, resourceName(args.type));
  if (find === undefined) return [];
  const found = readKnown(() => find(args.props, circumstancesOf<Settings>(args)));
  const sentences =
    "value" in found ? found.value : [`The rule cannot be judged: ${found.reason}. Give it as a plain value`];
  return [...unknownSettings(rule, args), ...sentences];
}

type Finder<Settings> = (
  inputs: ResourceValidationArgs["props"],
  circumstances: Circumstances<Settings>,
) => readonly string[];

function finderOf<Settings extends object>(
  { find }: Rule<Settings>,
  kind: string | undefined,
): Finder<Settings> | undefined {
  if (kind === undefined || !Object.hasOwn(find, kind)) return undefined;
  // as: it is one of the kinds, whose inputs are what the provider's check lets through.
  return find[kind as keyof Described] as Finder<Settings> | undefined;
}

function circumstancesOf<Settings extends object>({ getConfig }: ResourceValidationArgs) {
  return { settings: getConfig<Settings>(), now: Date.now() };
}

/** Pulumi compares settings with their schema, but lets pass those that it does not name. */
function unknownSettings(
  { settings }: { readonly settings: object },
  args: ResourceValidationArgs,
): string[] {
  const known = Object.keys(settings);
  const given = Object.keys(args.getConfig());
  return given
    .filter((name) => !known.includes(name))
    .map(
      (name) => `The pack's configuration has '${name}', which this rule does not know${hint(name, known)}`,
    );
}

function hint(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known);
  return near.length > 0 ? `; did you mean ${either(near.map((one) => `'${one}'`))}?` : "";
}

function mended<Settings extends object>(
  args: ResourceValidationArgs,
  mend: NonNullable<Rule<Settings>["mend"]>,
): ResourceValidationArgs["props"] | undefined {
  if (resourceName(args.type) !== "OverlayPool") return undefined;
  // as: the inputs of this kind. What cannot be read is left as it is; the validation that follows says why.
  const inputs = args.props as Described["OverlayPool"];
  const added = readKnown(() => mend(inputs, circumstancesOf<Settings>(args)));
  if (!("value" in added) || added.value === undefined) return undefined;
  // Written into what was given: copying it would read what is not known yet.
  return Object.assign(args.props, added.value);
}
