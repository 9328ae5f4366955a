import { judgeQuota, noAmounts, quotaRefusal, unknownValue } from "@coppice/core";
import { type ResourceValidationArgs, type StackValidationArgs, unknownCheckingProxy } from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { tenantLimits } from "./tenant-limits.ts";

/** The SDK's own, which its declarations leave out. */
const asInPreview = unknownCheckingProxy as (props: object) => object; // as: see above

const GIB = 2 ** 30;
const base = {
  number: 1,
  storage: "nas",
  shared: true,
  owned: false,
  copies: {},
  disks: [{ slot: "scsi0", format: "qcow2", size: 8 * GIB }],
  config: { cores: "2", sockets: "2", memory: "2048" },
};
const seats = (more: object = {}) => ({
  cluster: "main",
  tenant: "acme",
  class: "lab",
  base,
  count: 25,
  ...more,
});
const limits = (of: object) => ({ limits: { main: { acme: of } } });

interface Resource {
  readonly name: string;
  readonly kind?: "OverlayPool" | "BaseGeneration" | "TenantPool" | "LabClass";
  readonly props: object;
}

const type = (kind: string) => `coppice:index:${kind}`;
const urnOf = ({ name, kind = "OverlayPool" }: Resource) => `${kind} ${name}`;

/** A run of the engine: each resource by itself in the order of the program, then all with their outputs. */
function run(resources: readonly Resource[], config: object, { outputs = resources } = {}): string[] {
  const { validateResource, validateStack } = tenantLimits();
  if (typeof validateResource !== "function") throw new Error("one function is expected");
  const said: string[] = [];
  const report = (sentence: string, urn?: string) => void said.push(`${urn}: ${sentence}`);
  const given = (resource: Resource) => ({
    type: type(resource.kind ?? "OverlayPool"),
    urn: urnOf(resource),
    props: asInPreview(resource.props),
    getConfig: () => config,
  });
  // as: the rule looks at nothing else.
  for (const one of resources) void validateResource(given(one) as unknown as ResourceValidationArgs, report);
  const stack = { resources: outputs.map(given), getConfig: () => config };
  void validateStack(stack as unknown as StackValidationArgs, report); // as: see above
  return said;
}

const sentence = (question: Partial<Parameters<typeof judgeQuota>[0]>) =>
  quotaRefusal(
    judgeQuota({
      tenant: "acme",
      what: 'class "lab"',
      limits: {},
      used: noAmounts,
      asked: { machines: 25, cores: 100, memory: 50 * GIB, storage: 200 * GIB },
      ...question,
    }),
  ).message;

describe("a class", () => {
  test.each([
    [{ machines: 25, cores: 100, memory: "50GiB", storage: "200GiB" }, []],
    [{ machines: 24 }, [`OverlayPool lab: ${sentence({ limits: { machines: 24 } })}`]],
    [{ cores: 99 }, [`OverlayPool lab: ${sentence({ limits: { cores: 99 } })}`]],
    [{ memory: "49GiB" }, [`OverlayPool lab: ${sentence({ limits: { memory: 49 * GIB } })}`]],
    [{ storage: "199GiB" }, [`OverlayPool lab: ${sentence({ limits: { storage: 199 * GIB } })}`]],
  ])("is held to limits of %j, told once by the sentence that everybody tells", (of, said) => {
    expect(run([{ name: "lab", props: seats() }], limits(of))).toEqual(said);
  });

  test("has what the configuration says of elsewhere before it", () => {
    const config = { ...limits({ machines: 40 }), used: { main: { acme: { machines: 16 } } } };
    const used = { ...noAmounts, machines: 16 };
    expect(run([{ name: "lab", props: seats() }], config)).toEqual([
      `OverlayPool lab: ${sentence({ limits: { machines: 40 }, used })}`,
    ]);
  });

  test("of nobody is not judged, and one of a tenant without limits is refused at the end", () => {
    expect(run([{ name: "lab", props: seats({ tenant: undefined }) }], {})).toEqual([]);
    expect(run([{ name: "lab", props: seats() }], {})).toEqual([
      'OverlayPool lab: Class "lab" cannot be held to limits: neither the pack\'s configuration nor this stack sets any ' +
        "for tenant \"acme\" on cluster \"main\". Correct 'tenant', or add its limits to 'limits' of the configuration " +
        "[quota.unknown-tenant]",
    ]);
  });

  test("that is told nothing plain is refused with what is missing", () => {
    const unknown = { ...base, disks: unknownValue };
    const [said, ...more] = run([{ name: "lab", props: seats({ base: unknown }) }], limits({ machines: 40 }));
    expect(said).toMatch(
      /^OverlayPool lab: What is asked for cannot be counted: 'base.disks' is not known before the run/,
    );
    expect(more).toEqual([]);
    for (const [name, path] of Object.entries({ count: "count", tenant: "tenant", cluster: "cluster" })) {
      const said = run([{ name: "lab", props: seats({ [name]: unknownValue }) }], limits({ machines: 40 }));
      expect(said).toEqual([
        `OverlayPool lab: What is asked for cannot be counted: '${path}' is not known before the run. Give it as a plain value`,
      ]);
    }
  });

  test("need not tell what nobody counts", () => {
    const props = seats({
      base: { ...base, copies: unknownValue },
      expires: unknownValue,
      network: unknownValue,
    });
    expect(run([{ name: "lab", props }], limits({ machines: 25 }))).toEqual([]);
  });
});

describe("copies of a generation", () => {
  const owned = { ...base, owned: true, copies: unknownValue };
  test.each([
    ["one on a shared storage", owned, {}, 26],
    ["one for each of the nodes named", { ...owned, shared: false }, { nodes: ["pve1", "pve2"] }, 27],
    ["as many as there are", { ...owned, copies: { pve1: {}, pve2: {}, pve3: {} } }, {}, 28],
  ])("count before they are made: %s", (_how, generation, more, machines) => {
    const props = seats({ base: generation, ...more });
    expect(run([{ name: "lab", props }], limits({ machines }))).toEqual([]);
    expect(run([{ name: "lab", props }], limits({ machines: machines - 1 }))).toHaveLength(1);
  });

  test("are refused where nobody can tell how many there will be", () => {
    const props = seats({ base: { ...owned, shared: false } });
    expect(run([{ name: "lab", props }], limits({ machines: 99 }))[0]).toContain(
      "'base.copies' is not known",
    );
  });

  test("that no seats stand on count by their outputs, and those of seats once", () => {
    const made = {
      ...base,
      owned: true,
      copies: { pve1: {} },
      cluster: "main",
      tenant: "acme",
      class: "lab",
    };
    const outputs: Resource[] = [
      { name: "first", kind: "BaseGeneration", props: made },
      { name: "second", kind: "BaseGeneration", props: { ...made, number: 2 } },
      { name: "lab", props: {} },
    ];
    const resources: Resource[] = [
      { name: "lab", props: seats({ base: { ...base, owned: true, copies: { pve1: {} } } }) },
    ];
    expect(run(resources, limits({ machines: 27 }), { outputs })).toEqual([]);
    expect(run(resources, limits({ machines: 26 }), { outputs })).toHaveLength(1);
  });
});

describe("limits", () => {
  const pool = (machines: unknown): Resource => ({
    name: "acme",
    kind: "TenantPool",
    props: { cluster: "main", tenant: "acme", limits: { machines } },
  });
  const lab: Resource = { name: "lab", props: seats() };

  test("of the stack itself count, in whatever order its program has them", () => {
    for (const resources of [
      [pool(24), lab],
      [lab, pool(24)],
    ])
      expect(run(resources, {})).toEqual([`OverlayPool lab: ${sentence({ limits: { machines: 24 } })}`]);
    expect(run([pool(25), lab], {})).toEqual([]);
  });

  test("of the configuration go before them", () => {
    expect(run([pool(24), lab], limits({ machines: 25 }))).toEqual([]);
  });

  test("that are not known yet are refused", () => {
    const said = run([pool(unknownValue), lab], {});
    expect(said[0]).toBe(
      "TenantPool acme: The limits cannot be held: 'limits.machines' is not known before the run. Give it as a plain value",
    );
    expect(said[1]).toContain("quota.unknown-tenant");
  });

  test("of a misspelt setting are no limits", () => {
    expect(run([lab], { ...limits({ machines: 25 }), limts: {} })).toEqual([
      "OverlayPool lab: The pack's configuration has 'limts', which this rule does not know; did you mean 'limits'?",
    ]);
  });
});

test("a class kept by a run that targets others counts by its outputs", () => {
  const other: Resource = { name: "other", props: seats({ class: "other" }) };
  const lab: Resource = { name: "lab", props: seats() };
  expect(run([lab], limits({ machines: 49 }), { outputs: [lab, other] })).toEqual([
    expect.stringMatching(/^OverlayPool other: .* leave no room for class "other".*limit 49, used 25/),
  ]);
});

test("a run knows nothing of the one before it", () => {
  const policy = tenantLimits();
  const said: string[] = [];
  const config = limits({ machines: 25 });
  for (const name of ["lab", "other"]) {
    const resource = {
      type: type("OverlayPool"),
      urn: name,
      props: asInPreview(seats({ class: name })),
      getConfig: () => config,
    };
    const report = (sentence: string) => void said.push(sentence);
    if (typeof policy.validateResource !== "function") throw new Error("one function is expected");
    // as: the rule looks at nothing else.
    void policy.validateResource(resource as unknown as ResourceValidationArgs, report);
    const stack = { resources: [resource], getConfig: () => config };
    void policy.validateStack(stack as unknown as StackValidationArgs, report); // as: see above
  }
  expect(said).toEqual([]);
});
