import type { WrongArgument } from "./wrong-argument.ts";

const missing = [
  "'template' is missing; write it like { vmid: 9000 }",
  `'storage' is missing; write a text like "nas"`,
  "'vmids' is missing; write it like { from: 20000, to: 20999 }",
  "'seats' is missing; give 'seats', a number, or 'roster', the names",
];
const late =
  "What is given is an output, which is known only during the run; give a plain value, since the run is planned by it";
const shape = 'write it like { template: { vmid: 9000 }, storage: "nas", vmids: { from: 20000, to: 20999 } }';

const pool = (field: string, args: string, ...says: readonly string[]): WrongArgument => ({
  component: "OverlayVmPool",
  field,
  args,
  says,
});

/** Arguments that are none at all, and those that only pools without a class have. */
export const impossibleDescriptions: readonly WrongArgument[] = [
  pool("", "undefined", ...missing),
  pool("", "null", ...missing),
  pool("", "{}", ...missing),
  pool("", "[25]", `What is given is a list; ${shape}`),
  pool("", '"nas"', `What is given is a text that is not shown; ${shape}`),
  pool("", "Promise.resolve(right)", late),
  pool("", "output(right)", late),
  pool(
    "generation",
    "{ ...right, generation: 0 }",
    "'generation' is 0, and generations count from 1; choose 1 or more",
  ),
  pool(
    "renewal",
    '{ ...right, renewal: "keep" }',
    `'renewal' is "keep", a text; write it like { policy: "reset" }`,
  ),
  pool(
    "renewal.running",
    '{ ...right, renewal: { running: "stopp" } }',
    `'renewal.running' is "stopp"; did you mean "stop"? Choose "stop" or "defer"`,
  ),
  pool(
    "renewal.policy",
    '{ ...right, renewal: { policy: "Keep" } }',
    `'renewal.policy' is "Keep"; did you mean "keep"? Choose "reset", "keep", "defer" or "reset-if-untouched"`,
  ),
  pool(
    "renewal.undoFor",
    '{ ...right, renewal: { undoFor: "1 week" } }',
    `'renewal.undoFor' is "1 week": it is not a plain number followed by ms, s, m, h, d; write it like "7d"`,
  ),
  pool(
    "renewal.policyOf",
    '{ ...right, renewal: { policyof: { ada: "keep" } } }',
    "'renewal.policyof' is not known; did you mean 'policyOf'?",
  ),
];
