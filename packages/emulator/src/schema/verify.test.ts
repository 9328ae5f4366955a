import { describe, expect, test } from "vitest";
import { PveError } from "../kernel/pve-error.ts";
import type { ParamTable } from "./param-table.ts";
import { verifyParams } from "./verify.ts";

const table: ParamTable = {
  vmid: { type: "integer", format: "pve-vmid" },
  cores: { type: "integer", minimum: 1, optional: true },
  onboot: { type: "boolean", optional: true },
  password: { type: "string", minLength: 8, optional: true },
  console: { type: "string", enum: ["vv", "html5"], optional: true },
  dport: { type: "string", requires: "proto", optional: true },
  vms: { type: "array", items: { type: "integer" }, optional: true },
  storage: { type: "string", format: "pve-storage-id-list", optional: true },
  memory: {
    type: "string",
    optional: true,
    format: { keys: { current: { type: "integer" } }, defaultKey: "current" },
  },
  net0: {
    type: "string",
    optional: true,
    format: { keys: { model: { type: "string" } }, defaultKey: "model" },
  },
};

function problems(raw: Readonly<Record<string, unknown>>): unknown {
  try {
    verifyParams(table, new Map(Object.entries(raw)));
  } catch (error) {
    if (error instanceof PveError) return { status: error.status, ...error.errors };
    throw error;
  }
  return undefined;
}

describe("parameter verification words its refusals as the recordings do", () => {
  test.each([
    [{}, { vmid: "property is missing and it is not optional" }],
    [{ vmid: "abc" }, { vmid: "type check ('integer') failed - got 'abc'" }],
    [{ vmid: "50" }, { vmid: "invalid format - value does not look like a valid VM ID\n" }],
    [{ vmid: "100", cores: "0" }, { cores: "value must have a minimum value of 1" }],
    [{ vmid: "100", onboot: "yes" }, { onboot: "type check ('boolean') failed - got 'yes'" }],
    [{ vmid: "100", password: "abc" }, { password: "value must be at least 8 characters long" }],
    [
      { vmid: "100", console: "foo" },
      { console: "value 'foo' does not have a value in the enumeration 'vv, html5'" },
    ],
    [{ vmid: "100", dport: "80" }, { proto: "missing property - 'dport' requires this property" }],
    [{ vmid: "100", vms: "100,200" }, { "vms[0]": "type check ('integer') failed - got '100,200'" }],
    [
      { vmid: "100", storage: "1x!" },
      { storage: "invalid format - storage ID '1x!' contains illegal characters\n" },
    ],
    [
      { vmid: "100", memory: "lots" },
      {
        memory: "invalid format - format error\nmemory.current: type check ('integer') failed - got 'lots'\n",
      },
    ],
    [
      { vmid: "100", net0: "virtio,foo=bar" },
      {
        net0: "invalid format - format error\nnet0.foo: property is not defined in schema and the schema does not allow additional properties\n",
      },
    ],
    [
      { vmid: "100", nosuch: "1" },
      { nosuch: "property is not defined in schema and the schema does not allow additional properties" },
    ],
  ])("%j", (raw, wanted) => {
    expect(problems(raw)).toEqual({ status: 400, ...wanted });
  });

  test.each(["1", "on", "Yes", "TRUE", "0", "off", "no", "False"])(
    "'%s' is a truth value of a property string",
    (word) => {
      const format = { keys: { link_down: { type: "boolean" } } } as const;
      const params = new Map([["net0", `link_down=${word}`]]);
      expect(() => verifyParams({ net0: { type: "string", format } }, params)).not.toThrow();
    },
  );

  test("all problems come at once", () => {
    expect(Object.keys(problems({ vmid: "abc", cores: "0", x: "1" }) ?? {})).toEqual([
      "status",
      "vmid",
      "cores",
      "x",
    ]);
  });

  test("numbers and booleans of a JSON body are taken, and a scalar stands for an array of one", () => {
    const params = verifyParams(
      table,
      new Map<string, unknown>([
        ["vmid", 100],
        ["onboot", true],
        ["vms", 200],
      ]),
    );
    expect(params.int("vmid")).toBe(100);
    expect(params.flag("onboot")).toBe(true);
    expect(params.list("vms")).toEqual(["200"]);
  });

  test("names of Object's own properties are parameters like any other", () => {
    expect(problems({ vmid: "100", constructor: "1" })).toMatchObject({ status: 400 });
  });
});
