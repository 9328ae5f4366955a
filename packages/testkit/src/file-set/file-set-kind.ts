import { basename } from "node:path";
import type { Kind, Rule } from "@coppice/core";

/** Inputs of a file set. */
export type FileSetInputs = {
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  readonly gates?: string;
  readonly cluster?: string;
  readonly password?: string;
};

const plainNames: Rule<Pick<FileSetInputs, "files">> = {
  needs: ["files"],
  find: ({ files }) =>
    Object.keys(files)
      .filter((name) => name !== basename(name) || name.startsWith("."))
      .map((name) => ({ path: ["files", name], reason: "must be a plain file name" })),
};

/** A folder with files: the smallest resource with parts, steps and a secret. For tests only. */
export const fileSetKind: Kind<FileSetInputs> = {
  name: "FileSet",
  sentence: "A folder with files.",
  example: `new FileSet("set", { folder: "/tmp/set", files: { "a.txt": "content" } });`,
  fields: {
    folder: { kind: "text", sentence: "The folder to make; the id.", required: true, replaces: true },
    files: {
      kind: "map",
      values: { kind: "text", mayBeEmpty: true },
      sentence: "Contents by file name; each file is one step.",
      required: true,
    },
    gates: { kind: "text", sentence: "Folder through which a test holds steps or makes them fail." },
    cluster: { kind: "text", sentence: "A configured cluster to connect to in every operation." },
    password: { kind: "text", sentence: "A secret that nothing may show.", secret: true },
  },
  outputs: {
    count: { kind: "whole", sentence: "How many files there are; known at preview.", required: true },
    mark: { kind: "text", sentence: "Says whose folder it is; known after the work.", required: true },
  },
  rules: [plainNames],
};
