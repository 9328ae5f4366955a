import { blur } from "../judge/blur.ts";
import { mayBeMissing, ofTheMoment, strictnessOf } from "../judge/machine-values.ts";
import type { Mutation } from "./mutations.ts";

/** A kind of change that the tool cannot notice, and why that is right. */
interface Unnoticed {
  readonly reason: string;
  fits(mutation: Mutation): boolean;
}

const namePattern =
  /UPID:|[0-9a-f]{8}-[0-9a-f]{4}-|\b[0-9a-f]{40}\b|\b(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b/;

const isTrimmed = ({ line }: Mutation) => line.res.trimmedFrom !== undefined;

/** The reasons, the narrowest first. */
export const unnoticed: readonly Unnoticed[] = [
  {
    reason: "a number of the moment, which no two machines share: only its kind is compared",
    fits: ({ kind, at, was }) => kind === "value" && typeof was === "number" && ofTheMoment.has(keyOf(at)),
  },
  {
    reason: "an average load of the moment",
    fits: ({ kind, at }) => kind === "value" && at.endsWith(".loadavg[]"),
  },
  {
    reason: "a name or a machine's value that stands nowhere else in the recording: any other serves as well",
    fits: ({ kind, at, was }) =>
      kind === "value" &&
      (namePattern.test(String(was)) || strictnessOf(keyOf(at), { machine: "" }, was) === "constant"),
  },
  {
    reason: "a time, a size, a process or a port inside a text",
    fits: ({ kind, was }) => ["value", "shell", "reason"].includes(kind) && blur(String(was)) !== was,
  },
  {
    reason: "a line of progress, or of a list of files: as many and as large as the machine has them",
    fits: ({ kind, at }) => kind === "shell" || at === ".data[].t",
  },
  {
    reason: "the recorder left this body out and kept what it was",
    fits: ({ line }) => line.res.bodyDropped !== undefined,
  },
  {
    reason: "the length follows from the body, which is compared",
    fits: ({ kind, at }) => kind === "header" && at === "content-length",
  },
  {
    reason: "a genuine server says this one as text or as number, by the node that kept the task",
    fits: ({ kind, at }) => kind === "type" && keyOf(at) === "saved",
  },
  {
    reason: "a figure that a running machine tells or not, by when it was asked",
    fits: ({ kind, at }) => ["drop", "add"].includes(kind) && mayBeMissing(keyOf(at), {}),
  },
  {
    reason: "the recorder cut this list short, or the row itself is what is left of an archive",
    fits: (mutation) => isTrimmed(mutation),
  },
];

/** The last name of a place. */
function keyOf(at: string): string {
  return /\.([^.[\]]+)(?:\[\])*$/.exec(at)?.[1] ?? "";
}

/** Why a change goes unnoticed; undefined where nothing says why it may. */
export function whyUnnoticed(mutation: Mutation): string | undefined {
  return unnoticed.find(({ fits }) => fits(mutation))?.reason;
}
