import { CoppiceError } from "@coppice/core";
import type { FaultEffect, FaultMatch, FaultRule } from "./fault-rule.ts";

type Data = Readonly<Record<string, unknown>>;

/** What each kind of effect carries besides its name. */
const effectFields: Readonly<Record<FaultEffect["kind"], Readonly<Record<string, "number" | "string">>>> = {
  answer: { status: "number", reason: "string" },
  delay: { ms: "number" },
  drop: { when: "string" },
  "no-worker": {},
  "lost-task": {},
  "failed-task": { text: "string" },
  storage: { state: "string" },
  "held-lock": {},
  "ssh-refused": {},
  "ssh-cut": { afterBytes: "number" },
  "late-cleanup": { holdMs: "number" },
  "stale-metrics": {},
};
const matchFields = {
  method: "string",
  path: "string",
  user: "string",
  node: "string",
  vmid: "number",
  task: "string",
  storage: "string",
} as const;
const ruleNumbers = { nth: "number", times: "number", probability: "number", seed: "number" } as const;
const choices: Readonly<Record<string, readonly string[]>> = {
  when: ["before", "after"],
  state: ["full", "read-only"],
};

/** Reads a rule that came from outside; says which part is wrong. */
export function parseFaultRule(value: unknown): FaultRule {
  const rule = data(value, "the rule");
  const effect = data(rule["effect"], "effect");
  const { kind } = effect;
  if (typeof kind !== "string" || !isKind(kind)) {
    throw refused("effect.kind", `it is one of ${Object.keys(effectFields).join(", ")}`);
  }
  checkFields(effect, { kind: "string", ...effectFields[kind] }, "effect", true);
  const match = rule["match"] === undefined ? {} : data(rule["match"], "match");
  checkFields(match, matchFields, "match", false);
  if (typeof match["path"] === "string") checkPattern(match["path"]);
  const { effect: _effect, match: _match, ...numbers } = rule;
  checkFields(numbers, ruleNumbers, "the rule", false);
  // as: every field was checked against the tables above, which list the fields of these types.
  return { ...numbers, effect: effect as unknown as FaultEffect, match: match as FaultMatch };
}

function isKind(kind: string): kind is FaultEffect["kind"] {
  return Object.hasOwn(effectFields, kind);
}

function data(value: unknown, name: string): Data {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw refused(name, "an object was expected");
  // as: any object can be read by key.
  return value as Data;
}

function checkFields(
  value: Data,
  fields: Readonly<Record<string, string>>,
  name: string,
  isComplete: boolean,
): void {
  for (const key of Object.keys(value)) {
    const type = fields[key];
    if (type === undefined)
      throw refused(`${name}.${key}`, `only ${Object.keys(fields).join(", ")} are known here`);
    if (typeof value[key] !== type) throw refused(`${name}.${key}`, `a ${type} was expected`);
    const allowed = choices[key];
    if (allowed !== undefined && !allowed.some((choice) => choice === value[key])) {
      throw refused(`${name}.${key}`, `it is one of ${allowed.join(", ")}`);
    }
  }
  const missing = isComplete ? Object.keys(fields).find((key) => value[key] === undefined) : undefined;
  if (missing !== undefined) throw refused(`${name}.${missing}`, "it is missing");
}

function checkPattern(source: string): void {
  try {
    new RegExp(source);
  } catch (error) {
    throw refused("match.path", error instanceof Error ? error.message : "no regular expression");
  }
}

function refused(part: string, why: string): CoppiceError {
  return new CoppiceError("emulator.fault-rule", { what: `a fault rule was not understood at ${part}`, why });
}
