import { Schema } from "yaml";

/** YAML 1.2, in which a word like `yes` is a text, without tags that make anything but plain values. */
export const parseOptions = {
  version: "1.2",
  // One for all documents: to make it takes longer than to read a short one.
  schema: new Schema({ schema: "core", resolveKnownTags: false, merge: false }),
  stringKeys: true,
  // Looked for as the values are read, which takes less than a comparison of each with each.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;
