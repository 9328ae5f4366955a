import type { Finding } from "../check.ts";

/** Programs that run on a node; what they write there they are told. */
const programs = /^packages\/(?!emulator\/).*\.(?:pl|pm)$/;

const marks = /\.coppice-|coppice(?:%3A|:)|\bcp-[$0-9a-f]|coppice-(?:retired|data)|managed by Coppice/;

/** Finds marks of ours in a program for a node: whoever calls it hands them over, from the room that makes them. */
export function findMarksInPerl(file: string, text: string): Finding[] {
  if (!programs.test(file)) return [];
  const message = "a node is told what to write: marks are made in packages/clusters/src/ownership/";
  return text
    .split("\n")
    .flatMap((line, index) =>
      marks.test(line.replace(/^\s*#.*/, ""))
        ? [{ rule: "own-marks", place: `${file}:${index + 1}`, message }]
        : [],
    );
}
