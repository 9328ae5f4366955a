import { ORIGIN } from "@coppice/core";
import { linesOf } from "./notes.ts";

/** What a guest's notes claim of us, whether any state confirms it or not. */
export interface Claims {
  /** The marks that its lines name, each once. */
  readonly marks: readonly string[];
  /** The stack that made it, as `project/stack`. */
  readonly stack?: string;
  /** The home of that stack's state, where its run was told one. */
  readonly origin?: string;
}

const MADE_BY = new RegExp(`^managed by Coppice, stack (\\S+/\\S+)(?: of home (${ORIGIN}))?$`);

/** Reads whose a guest says that it is, for whoever knows none of the marks beforehand. */
export function claimsOf(description: string | undefined): Claims {
  const lines = linesOf(description);
  const marks = lines.flatMap((line) => /^coppice:([0-9a-f]{10})\/./.exec(line)?.[1] ?? []);
  const found = lines.map((line) => MADE_BY.exec(line)).find((each) => each !== null);
  const [, stack, origin] = found ?? [];
  return {
    marks: [...new Set(marks)],
    ...(stack !== undefined && { stack }),
    ...(origin !== undefined && { origin }),
  };
}

/** The mark that a file in an image folder carries in its name; undefined: it is none of our markers. */
export function markOfMarker(file: string): string | undefined {
  return /^\.coppice-([0-9a-f]{10})$/.exec(file)?.[1];
}
