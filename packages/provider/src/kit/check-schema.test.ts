import { describe, expect, test } from "vitest";
import { checkSchema } from "./check-schema.ts";
import type { ResourceSchema } from "./resource-schema.ts";
import { unknownValue } from "./unknown.ts";

const schema: ResourceSchema = {
  name: "Sample",
  description: "A sample.",
  inputs: {
    name: { type: "string", description: "A name.", required: true },
    count: { type: "integer", description: "A count." },
    seats: {
      type: "object",
      description: "Seats.",
      values: {
        type: "object",
        description: "A seat.",
        fields: { mac: { type: "string", description: "A MAC." } },
      },
    },
    tags: { type: "array", description: "Tags.", items: { type: "string", description: "A tag." } },
  },
  outputs: {},
};

describe("checking inputs against a schema", () => {
  test("finds nothing wrong with inputs that fit", () => {
    expect(checkSchema(schema, { name: "a", count: 3, seats: { s1: { mac: "x" } }, tags: ["t"] })).toEqual(
      [],
    );
  });

  test.each([
    [{}, "name", "is required"],
    [{ name: null }, "name", "is required"],
    [{ name: "a", count: 1.5 }, "count", "must be an integer, not a number"],
    [{ name: "a", tags: "t" }, "tags", "must be an array, not a string"],
    [{ name: "a", tags: [1] }, "tags[0]", "must be a string, not a number"],
    [{ name: "a", seats: { "s-1": { mac: 1 } } }, 'seats["s-1"].mac', "must be a string, not a number"],
    [{ name: "a", seats: { s1: { mac: null, ip: "x" } } }, "seats.s1.ip", "is not known; known are mac"],
    [{ name: "a", constructor: "x" }, "constructor", "is not known; known are name, count, seats, tags"],
  ])("names the path and what would be right: %j", (inputs, property, reason) => {
    expect(checkSchema(schema, inputs)).toEqual([{ property, reason }]);
  });

  test("lets what is not known yet pass wherever it stands", () => {
    expect(
      checkSchema(schema, { name: unknownValue, count: unknownValue, seats: { s1: unknownValue } }),
    ).toEqual([]);
  });
});
