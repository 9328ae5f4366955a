import type { Kind } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { defineResource } from "../../kit/define-resource.ts";
import { diffProperties } from "../../kit/diff-properties.ts";
import { dynamicProvider } from "./dynamic-provider.ts";
import { PartialCreateError } from "./partial-create-error.ts";

const kind: Kind<{ name: string }> = {
  name: "Sample",
  sentence: "A sample.",
  example: "",
  fields: { name: { kind: "text", sentence: "A name.", required: true, replaces: true } },
  outputs: {},
};
const seen: string[] = [];

const handler = defineResource<{ name: string }, { name: string }>({
  kind,
  diff: ({ state, inputs }) => ({
    changes: diffProperties(kind, state, inputs),
    deleteBeforeReplace: true,
  }),
  create: (inputs, context) => {
    seen.push(context.urn);
    const unfinished =
      inputs.name === "partial" ? [{ item: "b", code: "pool.space" as const, reason: "disk full" }] : [];
    if (inputs.name === "broken") return Promise.reject(new TypeError("a slip of ours"));
    return Promise.resolve({ id: "1", state: inputs, unfinished });
  },
  read: () => Promise.resolve(undefined),
  update: ({ inputs }, context) => {
    seen.push(context.urn);
    return Promise.resolve({ state: inputs });
  },
  delete: () => Promise.resolve(),
});

const provider = dynamicProvider({ kind, load: () => Promise.resolve(handler) });
const envelope = { __provider: "exports.handler = …", __urn: "urn:of:it" };

describe("a dynamic provider", () => {
  test("hides the engine's text and our URN from the handler and puts them back", async () => {
    expect(await provider.check({}, { name: "a", ...envelope })).toEqual({
      inputs: { name: "a", ...envelope },
      failures: [],
    });
    expect(await provider.create({ name: "a", ...envelope })).toEqual({
      id: "1",
      outs: { name: "a", ...envelope },
    });
    expect(seen.at(-1)).toBe("urn:of:it");
  });

  test("keeps what was made under the URN that is recorded, from which its marks come", async () => {
    const olds = { name: "a", ...envelope, __urn: "urn:without:parents" };
    const news = { name: "a", ...envelope };
    expect((await provider.check(olds, news)).inputs["__urn"]).toBe("urn:without:parents");
    expect((await provider.update("1", olds, news)).outs["__urn"]).toBe("urn:without:parents");
    expect(seen.at(-1)).toBe("urn:without:parents");
  });

  test("puts the id of the state's home before the URN of what is new, and of nothing else", async () => {
    const origin = "h3f9a0c51d2e87b4";
    const configured = dynamicProvider({ kind, load: () => Promise.resolve(handler) }, () =>
      Promise.reject(),
    );
    await configured.configure({ config: { get: (key) => (key === "coppice:origin" ? origin : undefined) } });
    const news = { name: "a", ...envelope };
    const { inputs } = await configured.check({}, news);
    expect(inputs["__urn"]).toBe(`${origin}:urn:of:it`);
    expect((await configured.check(inputs, news)).inputs).toEqual(inputs);
    expect((await configured.check(news, news)).inputs["__urn"]).toBe("urn:of:it");
  });

  test("refuses the URN that a renamed one was made under to another", async () => {
    const under = (urn: string) => ({ name: "a", ...envelope, __urn: urn });
    expect((await provider.check(under("urn:former"), under("urn:present"))).failures).toEqual([]);
    expect((await provider.check({}, under("urn:former"))).failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(/^urn:present was urn:former when it was made.* \[arguments\.wrong\]$/),
      },
    ]);
  });

  test("refuses inputs by a sentence that begins with the field, and names no property to print", async () => {
    expect(await provider.check({}, { nmae: "a", ...envelope })).toMatchObject({
      failures: [{ property: "", reason: "'nmae' is not known; did you mean 'name'? [arguments.wrong]" }],
    });
  });

  test("reports a partial create with its text, without which destroy would not find the handler", async () => {
    const error: unknown = await provider
      .create({ name: "partial", ...envelope })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PartialCreateError);
    expect(error).toMatchObject({
      id: "1",
      properties: { name: "partial", ...envelope },
      reasons: ["b: disk full [pool.space]"],
    });
  });

  test("tells replacements by top-level property", async () => {
    const diff = await provider.diff("1", { name: "a", ...envelope }, { name: "b", ...envelope });
    expect(diff).toEqual({ changes: true, replaces: ["name"], deleteBeforeReplace: true });
  });

  test("answers a read of what is gone without an id", async () => {
    expect(await provider.read("1", { name: "a", ...envelope })).toEqual({});
  });

  test("throws a sentence without a stack, because its process prints stacks", async () => {
    const error: unknown = await provider
      .create({ name: "broken", ...envelope })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ message: expect.stringContaining("a slip of ours"), stack: "" });
  });
});
