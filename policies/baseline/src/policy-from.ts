import { readKnown, resourceName, unknownSettings } from "@coppice/core";
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
  if (find === undefined || isLeftOut(args)) return [];
  const found = readKnown(() => find(args.props, circumstancesOf<Settings>(args)));
  const sentences = "value" in found ? found.value : [`The rule cannot be judged: ${found.reason}`];
  return [...unknownSettings(rule.settings, args.getConfig()), ...sentences];
}

/** What a run with `--target` does not make comes without anything (pulumi v3.255.0, deploy/step_generator.go). */
function isLeftOut({ props }: ResourceValidationArgs): boolean {
  return Object.keys(props).length === 0;
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

function mended<Settings extends object>(
  args: ResourceValidationArgs,
  mend: NonNullable<Rule<Settings>["mend"]>,
): ResourceValidationArgs["props"] | undefined {
  if (resourceName(args.type) !== "OverlayPool" || isLeftOut(args)) return undefined;
  // as: the inputs of this kind. What cannot be read is left as it is; the validation that follows says why.
  const inputs = args.props as Described["OverlayPool"];
  const added = readKnown(() => mend(inputs, circumstancesOf<Settings>(args)));
  if (!("value" in added) || added.value === undefined) return undefined;
  // Written into what was given: copying it would read what is not known yet.
  return Object.assign(args.props, added.value);
}
