/** YAML 1.2, in which a word like `yes` is a text, without tags that make anything but plain values. */
export const parseOptions = {
  version: "1.2",
  schema: "core",
  stringKeys: true,
  prettyErrors: false,
  resolveKnownTags: false,
  logLevel: "silent",
} as const;
