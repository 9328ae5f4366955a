import {
  type BaseGenerationState,
  CoppiceError,
  type OverlayPoolInputs,
  quotaRefusal,
  readKnown,
  readLimits,
  resourceName,
  type TenantPoolInputs,
  unknownSettings,
} from "@coppice/core";
import type {
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { askedByGeneration, askedBySeats } from "./asked.ts";
import { type ClassVerdict, judgeClasses } from "./judge-classes.ts";
import { accountKey, limitsFrom, type QuotaSettings, quotaSchema, usedFrom } from "./settings.ts";
import { StackMemory } from "./stack-memory.ts";

type Args = ResourceValidationArgs | StackValidationArgs;

/**
 * The rule as Pulumi's policies have it. A resource is judged before it is made, with what was asked for before it in the
 * same run; the stack as a whole at the end, when all that sets limits is known.
 */
export function tenantLimits(): ResourceValidationPolicy & StackValidationPolicy {
  const memory = new StackMemory();
  return {
    name: "tenant-limits",
    description: "What a tenant's classes ask for together fits its limits.",
    enforcementLevel: "mandatory",
    configSchema: { properties: quotaSchema },
    validateResource: (args, report) => judgeResource(memory, args, report),
    validateStack: (args, report) => judgeStack(memory, args, report),
  };
}

function judgeResource(memory: StackMemory, args: ResourceValidationArgs, report: ReportViolation): void {
  const kind = resourceName(args.type);
  if (kind === "TenantPool") rememberLimits(memory, args, report);
  if (kind !== "OverlayPool") return;
  for (const sentence of unknownSettings(quotaSchema, args.getConfig())) report(sentence, args.urn);
  if (!rememberSeats(memory, args, report)) return;
  const own = memory.asked.get(args.urn);
  const judged = judgeAll(memory, args).find(
    ({ account, class: of }) => own && of === own.class && accountKey(account) === accountKey(own),
  );
  const sentence = judged && refusalOf(judged);
  if (sentence === undefined) return;
  memory.isNew(sentence);
  report(sentence, args.urn);
}

function judgeStack(memory: StackMemory, args: StackValidationArgs, report: ReportViolation): void {
  for (const resource of args.resources) rememberRest(memory, resource, report);
  for (const judged of judgeAll(memory, args)) {
    const sentence = refusalOf(judged) ?? limitlessness(judged);
    if (sentence !== undefined && memory.isNew(sentence)) report(sentence, judged.urn);
  }
  memory.clear();
}

function judgeAll(memory: StackMemory, args: Args): ClassVerdict[] {
  const settings = args.getConfig<QuotaSettings>();
  return judgeClasses([...memory.asked.values()], (account) => ({
    limits: limitsFrom(settings, account) ?? memory.limits.get(accountKey(account)),
    used: usedFrom(settings, account),
  }));
}

type Seen = Pick<PolicyResource, "urn" | "props">;

/** Whether the seats of a pool can be counted. */
function rememberSeats(memory: StackMemory, { urn, props }: Seen, report: ReportViolation): boolean {
  // as: the provider's check has looked at them.
  const read = readKnown(() => askedBySeats(urn, props as OverlayPoolInputs));
  if (!("value" in read)) {
    memory.unread.add(urn);
    report(`What is asked for cannot be counted: ${read.reason}`, urn);
    return false;
  }
  if (read.value) memory.asked.set(urn, read.value);
  return true;
}

function rememberLimits(memory: StackMemory, { urn, props }: Seen, report: ReportViolation): void {
  const read = readKnown(() => {
    // as: the provider's check has looked at them.
    const { cluster, tenant, limits } = props as TenantPoolInputs;
    return [accountKey({ cluster, tenant }), readLimits(limits)] as const;
  });
  if ("value" in read) memory.limits.set(...read.value);
  else report(`The limits cannot be held: ${read.reason}`, urn);
}

/** What a run did not register, but has: kept by `--target`; and generations that no seats of the run stand on. */
function rememberRest(memory: StackMemory, resource: PolicyResource, report: ReportViolation): void {
  const { type, urn, props } = resource;
  const kind = resourceName(type);
  const isCounted = memory.asked.has(urn) || memory.unread.has(urn);
  if (kind === "OverlayPool" && !isCounted) rememberSeats(memory, resource, report);
  if (kind !== "BaseGeneration") return;
  // as: what the provider told of it. What is not known of a generation is known of the seats that stand on it.
  const read = readKnown(() => askedByGeneration(urn, props as BaseGenerationState));
  if ("value" in read && read.value) memory.asked.set(urn, read.value);
}

function refusalOf({ verdict }: ClassVerdict): string | undefined {
  return verdict === undefined || verdict.fits ? undefined : quotaRefusal(verdict).message;
}

function limitlessness({
  verdict,
  class: of,
  account: { cluster, tenant },
}: ClassVerdict): string | undefined {
  if (verdict !== undefined) return undefined;
  return new CoppiceError("quota.unknown-tenant", {
    what: `Class "${of}" cannot be held to limits`,
    why: `neither the pack's configuration nor this stack sets any for tenant "${tenant}" on cluster "${cluster}"`,
    wayOut: "Correct 'tenant', or add its limits to 'limits' of the configuration",
    details: { tenant, cluster },
  }).message;
}
