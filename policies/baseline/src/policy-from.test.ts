import { type OverlayPoolInputs, unknownValue } from "@coppice/core";
import { type ResourceValidationArgs, unknownCheckingProxy } from "@pulumi/policy";
import { expect, test } from "vitest";
import { policyFrom } from "./policy-from.ts";
import type { Rule } from "./rules/rule.ts";

/** The SDK's own, which its declarations leave out. */
const asInPreview = unknownCheckingProxy as (props: object) => object; // as: see above

/** What Pulumi gives a rule: a resource that throws where something is not known yet. */
function argsOf(type: string, props: object, config: object = {}): ResourceValidationArgs {
  const known = {
    type,
    props: asInPreview(props),
    urn: `urn:pulumi:dev::labs::${type}::lab`,
    name: "lab",
    getConfig: () => config,
  };
  // as: the rules look at nothing else.
  return known as unknown as ResourceValidationArgs;
}

const rule: Rule<{ readonly most?: number }> = {
  name: "few-seats",
  description: "Classes are small.",
  settings: { most: { type: "integer" } },
  find: {
    OverlayPool: (inputs, { settings: { most = 3 } }) =>
      (inputs.count ?? 0) > most ? [`${inputs.count} seats on ${inputs.base.storage}`] : [],
  },
  mend: ({ count }) => (count === undefined ? { count: 1 } : undefined),
};

function violations(type: string, props: object, config?: object): string[] {
  const { validateResource } = policyFrom(rule);
  const said: string[] = [];
  if (typeof validateResource !== "function") throw new Error("one function is expected");
  void validateResource(argsOf(type, props, config), (sentence) => said.push(sentence));
  return said;
}

const base = { storage: "nas" } as OverlayPoolInputs["base"]; // as: what the rule reads of it

test.each(["coppice:index:OverlayPool", "pulumi-nodejs:dynamic/coppice:OverlayPool"])(
  "a rule looks at resources of %s",
  (type) => {
    expect(violations(type, { count: 4, base })).toEqual(["4 seats on nas"]);
    expect(violations(type, { count: 4, base }, { most: 4 })).toEqual([]);
  },
);

test.each([
  "coppice:index:LabClass",
  "coppice:index:BaseGeneration",
  "aws:s3:Bucket",
  "coppice:index:toString",
])("a rule does not look at %s, of which it says nothing", (type) =>
  expect(violations(type, { count: 4, base })).toEqual([]),
);

test("what a rule reads and is not known yet is a violation that names it, not a pass", () => {
  const said = violations("coppice:index:OverlayPool", { count: 4, base: { storage: unknownValue } });
  expect(said).toEqual([
    expect.stringMatching(/^The rule cannot be judged: 'base.storage' is not known before the run. Through/),
  ]);
});

test("what a rule does not read need not be known", () => {
  expect(violations("coppice:index:OverlayPool", { count: 2, base: unknownValue })).toEqual([]);
});

test("what is of a wrong type is a violation, beside what the provider says of it", () => {
  expect(violations("coppice:index:OverlayPool", { count: 4 })).toEqual([
    expect.stringMatching(/^The rule cannot be judged: it cannot be read: /),
  ]);
});

test("a setting that Pulumi lets pass, though the rule does not know it, is a violation", () => {
  expect(violations("coppice:index:OverlayPool", { count: 2 }, { mots: 2 })).toEqual([
    "The pack's configuration has 'mots', which this rule does not know; did you mean 'most'?",
  ]);
});

test("what a run leaves out comes without anything, and is neither judged nor mended", () => {
  const strict = policyFrom({ ...rule, find: { OverlayPool: () => ["wrong"] } });
  const said: string[] = [];
  const args = argsOf("coppice:index:OverlayPool", {});
  if (typeof strict.validateResource === "function")
    void strict.validateResource(args, (sentence) => said.push(sentence));
  expect([said, strict.remediateResource?.(args)]).toEqual([[], undefined]);
});

test("what a rule mends is written in beside what is not known yet", () => {
  const { remediateResource } = policyFrom(rule);
  const props = { base: { storage: unknownValue } };
  expect(remediateResource?.(argsOf("coppice:index:OverlayPool", props))).toBeDefined();
  expect(props).toEqual({ base: { storage: unknownValue }, count: 1 });
});

test("what needs no mending, is another resource, or cannot be read, is left alone", () => {
  const { remediateResource } = policyFrom(rule);
  for (const [type, props] of [
    ["coppice:index:OverlayPool", { count: 2 }],
    ["coppice:index:BaseGeneration", {}],
    ["coppice:index:OverlayPool", { count: unknownValue }],
  ] as const) {
    expect(remediateResource?.(argsOf(type, props))).toBeUndefined();
  }
});
