import type { PropertySchema, ResourceSchema } from "@coppice/provider";

const inputs = {
  folder: { type: "string", description: "The folder to make; the id.", required: true, replaces: true },
  files: {
    type: "object",
    description: "Contents by file name; each file is one step.",
    values: { type: "string", description: "Content." },
    required: true,
  },
  gates: { type: "string", description: "Folder through which a test holds steps or makes them fail." },
  cluster: { type: "string", description: "A configured cluster to connect to in every operation." },
  password: { type: "string", description: "A secret that nothing may show.", secret: true },
} as const satisfies Readonly<Record<string, PropertySchema>>;

/** A folder with files: the smallest resource with parts, steps and a secret. For tests only. */
export const fileSetSchema: ResourceSchema = {
  name: "FileSet",
  description: "A folder with files.",
  inputs,
  outputs: {
    ...inputs,
    count: { type: "integer", description: "How many files there are; known at preview.", required: true },
    mark: { type: "string", description: "Says whose folder it is; known after the work.", required: true },
  },
};
