import { expect, test } from "vitest";
import { runtimeIn } from "./runtime-in.js";

test.each([
  ["a word", "name: lab\nruntime: yaml\n", "yaml"],
  ["a quoted word with a remark", 'runtime: "yaml" # no program of its own\nname: lab\n', "yaml"],
  ["a quoted key", "'runtime' : 'yaml'", "yaml"],
  ["a mapping", "runtime:\n  name: yaml\n  options:\n    compiler: cue export\nname: lab\n", "yaml"],
  ["a mapping after a remark", "runtime:\n  # the host\n\n  name: yaml\n", "yaml"],
  ["a mapping with Windows' line ends", "name: lab\r\nruntime:\r\n  name: yaml\r\n", "yaml"],
  ["a mapping that begins with its options", "runtime:\n  options:\n    name: other\n  name: yaml\n", "yaml"],
  ["a mapping in one line", "runtime: {options: {name: other}, name: yaml}\n", "yaml"],
  [
    "a mapping in one line over several",
    'runtime: {\n  "name": "yaml",\n  options: {}\n  }\nname: x\n',
    "yaml",
  ],
  ["JSON", '{ "name": "lab", "runtime": { "name": "yaml" } }', "yaml"],
  ["JSON with a word", '\n{ "runtime": "yaml", "name": "lab" }', "yaml"],
  ["another runtime", "runtime:\n  name: nodejs\n  options:\n    name: yaml\n", "nodejs"],
  ["only options", "runtime:\n  options:\n    name: yaml\n", undefined],
  ["a description that speaks of one", "description: |\n  runtime: yaml\nruntime: nodejs\n", "nodejs"],
  ["a nested key", "config:\n  runtime: yaml\n", undefined],
  ["another key", "runtimes: yaml\n", undefined],
  ["a remark", "# runtime: yaml\n", undefined],
  ["nothing", "", undefined],
  ["no value", "runtime:\nname: yaml\n", undefined],
  ["torn JSON", '{ "runtime": "yaml"', undefined],
])("reads %s", (_case, text, runtime) => {
  expect(runtimeIn(text)).toBe(runtime);
});
