import { expect, test } from "vitest";
import type { RecordType } from "./field.ts";
import { withDefaults } from "./with-defaults.ts";

const inner: RecordType = {
  name: "Renewal",
  sentence: "An object.",
  fields: {
    policy: { kind: "choice", choices: { reset: "a", keep: "b" }, sentence: "A choice.", default: "reset" },
    undoFor: { kind: "duration", sentence: "A duration.", default: "168h" },
  },
};
const type: RecordType = {
  name: "Class",
  sentence: "An object.",
  fields: {
    batch: { kind: "whole", sentence: "A number.", default: 4 },
    memory: { kind: "size", whole: "MiB", least: "1MiB", sentence: "A size." },
    publish: { kind: "record", type: inner, sentence: "An object." },
    renewals: { kind: "map", values: { kind: "record", type: inner }, sentence: "A map." },
    sizes: { kind: "list", items: { kind: "size", whole: "MiB", least: "1MiB" }, sentence: "A list." },
    from: {
      kind: "one-of",
      options: [{ kind: "text" }, { kind: "record", type: inner }],
      sentence: "Either.",
    },
  },
};

test("fills in defaults where an object is there, and makes no object that is not", () => {
  expect(withDefaults(type, {})).toEqual({ batch: 4 });
  const usual = { policy: "reset", undoFor: "7d" };
  expect(withDefaults(type, { batch: 1, publish: {}, renewals: { a: {} }, from: {} })).toEqual({
    batch: 1,
    publish: usual,
    renewals: { a: usual },
    from: usual,
  });
});

test("writes equal sizes and durations alike, wherever they lie", () => {
  const given = {
    memory: "4096MiB",
    sizes: ["1024KiB", "0.5GiB"],
    publish: { policy: "keep", undoFor: "90m" },
  };
  expect(withDefaults(type, given)).toEqual({
    batch: 4,
    memory: "4GiB",
    sizes: ["1MiB", "512MiB"],
    publish: { policy: "keep", undoFor: "90m" },
  });
});

test("leaves out what is absent, keeps what it does not know, and lets be what is not known yet", () => {
  const output = { toString: () => "an output" };
  const given = { batch: null, memory: output, publish: undefined, renewals: { a: null }, seats: { ada: 1 } };
  const completed = withDefaults(type, given, (value) => value === output);
  expect(completed).toStrictEqual({ batch: 4, memory: output, renewals: {}, seats: { ada: 1 } });
});
