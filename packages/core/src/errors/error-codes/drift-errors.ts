import type { ErrorTable } from "./error-description.ts";

/** Answers to what somebody else changed. */
export const driftErrors = {
  "drift.file": {
    audience: "operator",
    status: 500,
    meaning: "The file beside a stack's state that says what drift is ignored cannot be read or written.",
    wayOut: "Correct the file that is named, or remove it: then everything counts again",
  },
  "drift.none": {
    audience: "user",
    status: 404,
    meaning: "There is no such drift to answer: no such seat or field, or it is as it was applied by now.",
    wayOut: "Look at `coppice drift`, which names each as `<seat>.<field>`",
  },
  "drift.unsayable": {
    audience: "user",
    status: 422,
    meaning: "A document cannot say what a seat's machine is now, so that it cannot be accepted.",
    wayOut: "Bring the seat back by `--repair`, or ignore it for a while by `--ignore` and `--until`",
  },
  "drift.until": {
    audience: "user",
    status: 422,
    meaning: "Drift is to be ignored until a day that is none or that is over.",
    wayOut: "Give a day to come, as `2026-12-31`",
  },
} as const satisfies ErrorTable;
