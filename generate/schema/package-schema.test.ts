import { describe, expect, test } from "vitest";
import type { Fields, RecordType } from "../../packages/core/src/description/field.ts";
import type { Kind } from "../../packages/core/src/description/kind.ts";
import { generatedFiles } from "../generated-files.ts";
import { packageSchema } from "./package-schema.ts";

interface ObjectSpec {
  readonly properties: Record<string, Record<string, unknown>>;
  readonly required: readonly string[];
}
interface ResourceSpec extends ObjectSpec {
  readonly isComponent?: boolean;
  readonly inputProperties: Record<string, Record<string, unknown>>;
  readonly requiredInputs: readonly string[];
}
interface Document {
  readonly types: Record<string, ObjectSpec & { readonly enum?: readonly unknown[] }>;
  readonly resources: Record<string, ResourceSpec>;
}

// What the document promises; the tests below look.
const read = (text: string | undefined) => JSON.parse(text ?? "") as Document;

describe("the schema of the plugin", () => {
  const text = generatedFiles().get("packages/plugin/generated/schema.json");
  const { types, resources } = read(text);

  test("refers to no type that is not there, and has none that nobody refers to", () => {
    const referred = [...(text ?? "").matchAll(/"\$ref": "#\/types\/(.*)"/g)].map(([, token]) => token);
    expect([...new Set(referred)].sort()).toEqual(Object.keys(types).sort());
  });

  test("requires nothing that is not there", () => {
    for (const [token, { properties, required }] of Object.entries(types)) {
      expect([token, (required ?? []).filter((name) => properties[name] === undefined)]).toEqual([token, []]);
    }
    for (const [token, { inputProperties, requiredInputs, properties, required }] of Object.entries(
      resources,
    )) {
      const lost = [
        ...requiredInputs.filter((name) => inputProperties[name] === undefined),
        ...required.filter((name) => properties[name] === undefined),
      ];
      expect([token, lost]).toEqual([token, []]);
    }
  });

  test("has no bytes and no milliseconds as integers, which have 32 bits in some languages", () => {
    const typeOf = (token: string, name: string) =>
      types[`coppice:index:${token}`]?.properties[name]?.["type"];
    expect([typeOf("GenerationDisk", "size"), typeOf("FormerDisks", "until")]).toEqual(["number", "number"]);
    expect(typeOf("SeatPlace", "vmid")).toBe("integer");
  });

  test("makes nothing both secret and plain, which no Go program could compile", () => {
    const all = [
      ...Object.values(types).map(({ properties }) => properties ?? {}),
      ...Object.values(resources).map(({ inputProperties }) => inputProperties),
    ].flatMap(Object.entries);
    expect(all.length).toBeGreaterThan(100);
    expect(all.flatMap(([name, { secret, plain }]) => (secret && plain ? [name] : []))).toEqual([]);
  });
});

describe("the schema of a kind", () => {
  const login: RecordType = {
    name: "Login",
    sentence: "A login.",
    fields: {
      user: { kind: "text", sentence: "Who.", required: true },
      password: { kind: "text", sentence: "Word.", secret: true, late: true },
    },
  };
  const fields: Fields = {
    size: { kind: "size", whole: "GiB", least: "1GiB", sentence: "How large.", default: "4GiB" },
    login: { kind: "record", type: login, sentence: "Login.", required: true, replaces: true },
    pool: { kind: "text", sentence: "Pool.", late: true },
    tags: { kind: "list", items: { kind: "text" }, sentence: "Tags." },
    from: {
      kind: "one-of",
      options: [{ kind: "text" }, { kind: "record", type: login }],
      sentence: "Whence.",
    },
    mode: { kind: "choice", name: "Mode", choices: { "if-idle": "waits" }, sentence: "How." },
  };
  const outputs: Fields = {
    made: { kind: "map", values: { kind: "whole" }, sentence: "All.", required: true },
  };
  const kind: Kind = { name: "Thing", sentence: "A thing.", example: "", fields, outputs };
  const { types, resources } = read(
    packageSchema({ components: [{ ...kind, name: "Group" }], resources: [kind], provider: {} }),
  );
  const [group, thing] = [resources["coppice:index:Group"], resources["coppice:index:Thing"]];

  test("says of an input whether it is plain, and of a list's items too", () => {
    expect(group?.inputProperties).toMatchObject({
      size: {
        description: 'How large. Whole GiB, at least 1GiB. Default: `"4GiB"`.',
        type: "string",
        plain: true,
      },
      login: { $ref: "#/types/coppice:index:Login", plain: true, willReplaceOnChanges: true },
      tags: { type: "array", items: { type: "string", plain: true }, plain: true },
      from: { oneOf: [{ type: "string" }, { $ref: "#/types/coppice:index:Login" }] },
    });
    expect(group?.inputProperties["pool"]).toEqual({ description: "Pool.", type: "string" });
    expect(types["coppice:index:Login"]?.properties).toEqual({
      user: { description: "Who.", type: "string", plain: true },
      password: { description: "Word.", type: "string", secret: true },
    });
  });

  test("hides a secret's whole property where it is a resource's, and the secret alone where it is a component's", () => {
    const { login: ofComponent } = group?.inputProperties ?? {};
    const { login: ofResource } = thing?.inputProperties ?? {};
    expect([ofComponent?.["secret"], ofComponent?.["plain"]]).toEqual([undefined, true]);
    expect([ofResource?.["secret"], ofResource?.["plain"]]).toEqual([true, undefined]);
    expect(thing?.properties["login"]).toMatchObject({ secret: true });
  });

  test("shows of a component what it makes, and of a resource what it was told too, with defaults", () => {
    expect(group).toMatchObject({ isComponent: true, requiredInputs: ["login"], required: ["made"] });
    expect(Object.keys(group?.properties ?? {})).toEqual(["made"]);
    expect(thing).toMatchObject({ requiredInputs: ["login"], required: ["size", "login", "made"] });
    expect(Object.keys(thing?.properties ?? {})).toEqual([...Object.keys(fields), "made"]);
  });

  test("gives each choice a name that every language can write", () => {
    expect(types["coppice:index:Mode"]).toEqual({
      type: "string",
      enum: [{ name: "IfIdle", description: "`if-idle` waits.", value: "if-idle" }],
    });
  });
});
