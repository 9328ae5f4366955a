import type { ChoiceShape, Fields, RecordType } from "../description/field.ts";

const policy: ChoiceShape = {
  kind: "choice",
  name: "PublishPolicy",
  choices: {
    reset: "gives a seat a fresh disk",
    keep: "leaves it as it is for good",
    defer: "leaves it for a later run",
    "reset-if-untouched": "resets seats whose disk nobody wrote to",
  },
};

/** What every publication says of the seats. */
export const renewalFields: Fields = {
  policy: { ...policy, sentence: "What becomes of a seat.", default: "reset" },
  policyOf: {
    kind: "map",
    values: policy,
    sentence: "Seats that are treated differently.",
    example: { ada: "keep" },
  },
  running: {
    kind: "choice",
    name: "RunningPolicy",
    choices: { stop: "stops it first and starts it again", defer: "leaves it for a later run" },
    sentence:
      "What a publication does with a seat that runs. One that `reset` or `undo` names is stopped and started again in any case.",
    default: "defer",
  },
  undoFor: {
    kind: "duration",
    sentence: "How long a seat's former disk can be taken back by `undo`.",
    default: "7d",
  },
};

/** What a new generation does to the seats that stand on an older one. */
export const renewal: RecordType = {
  name: "Renewal",
  sentence: "What a new generation does to seats that stand on an older one.",
  fields: renewalFields,
};
