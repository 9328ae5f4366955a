import { findMistakes, type Kind, overlayPoolKind, resourceKinds } from "@coppice/core";
import { output } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { findComponentMistakes } from "../arguments/find-component-mistakes.ts";
import { registrations } from "../fixtures/registrations.ts";
import { components } from "./components.ts";

const SECRET = "4dabf18193072939515e22adb298388d";
/** Orders and exceptions for a seat that there is, and one way of saying how many there are. */
const fitting = {
  roster: undefined,
  empty: undefined,
  // The tenant says which pool.
  pool: undefined,
  teacher: true,
  reset: { "seat-01": "once" },
  undo: { "seat-01": "once" },
};

/** Arguments with every field, each with the value that its description shows. */
function everything({ fields }: Kind): Record<string, unknown> {
  const values = Object.entries(fields).map(([name, field]): [string, unknown] => [
    name,
    field.example ?? field.default,
  ]);
  const all = { ...Object.fromEntries(values), ...fitting };
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(fields, name)));
}

describe.each(components.map((each) => [each.kind.name, each] as const))("%s", (_, { kind, make }) => {
  test("with everything that can be said of it is right, and so is whatever it tells its resources", async () => {
    const inputs = everything(kind);
    expect(findComponentMistakes(kind, { name: "lab", inputs })).toEqual([]);
    const all = await registrations(() => make("lab", inputs, {}));
    const wrong = all.slice(1).flatMap((each) => {
      const resource = resourceKinds.find(({ name }) => each.type.endsWith(`:${name}`)) ?? overlayPoolKind;
      return findMistakes(resource, shown(each.inputs));
    });
    expect(wrong).toEqual([]);
  });

  test("hands its description to the engine", async () => {
    const inputs = everything(kind);
    const [component] = await registrations(() => make("lab", inputs, {}));
    expect(component?.inputs).toEqual(JSON.parse(JSON.stringify(inputs)));
  });

  test("makes known what its description says", async () => {
    await registrations(() => {
      const component = make("lab", everything(kind), {});
      expect(Object.keys(kind.outputs).filter((name) => !(name in component))).toEqual([]);
    });
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a list", [25]],
    ["a promise", Promise.resolve({})],
    ["an output", output({ seats: 25 })],
    ["a text", "lab"],
  ])("says what is wrong with %s", (_what, inputs) => {
    const reasons = findComponentMistakes(kind, { name: "lab", inputs }).map(({ reason }) => reason);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => !/; (write|give) /.test(reason))).toEqual([]);
  });

  test("takes outputs and promises where they may come late, and nowhere else", () => {
    const own = (said: object) =>
      Object.fromEntries(Object.entries(said).filter(([name]) => Object.hasOwn(kind.fields, name)));
    const late = own({ storage: output("nas"), template: { vmid: Promise.resolve(9000) } });
    const plain = own({ seats: output(3), vmids: { from: Promise.resolve(100), to: 200 } });
    const right = { ...everything(kind), ...late };
    expect(findComponentMistakes(kind, { name: "lab", inputs: right })).toEqual([]);
    const mistakes = findComponentMistakes(kind, { name: "lab", inputs: { ...right, ...plain } });
    expect(mistakes.map(({ path }) => path)).toEqual([
      ...(Object.hasOwn(kind.fields, "seats") ? [["seats"]] : []),
      ["vmids", "from"],
    ]);
  });

  test("repeats no secret, whatever it is", () => {
    for (const password of [{ of: "geheim" }, ["geheim"], 4711, ""]) {
      const inputs = { ...everything(kind), cloudInit: { password } };
      const text = JSON.stringify(findComponentMistakes(kind, { name: "lab", inputs }));
      expect(text).toContain("cloudInit");
      expect(text).not.toMatch(/geheim|4711/);
    }
  });
});

/** Inputs with the secrets among them in the clear, which travel as sdk/go/common/resource/properties.go says. */
function shown(inputs: object): object {
  const reviver = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && SECRET in value && "value" in value ? value.value : value;
  const read: object = JSON.parse(JSON.stringify(inputs), reviver);
  return read;
}
