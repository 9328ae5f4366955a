/** How much is read. What is larger is no description that anybody wrote. */
export const documentLimits = {
  /** Bytes of a file. */
  fileBytes: 2 ** 20,
  documents: 10_000,
  /** Mistakes of all files together, after which nothing more is looked at. */
  mistakes: 1_000,
  /** Words and signs of a file. */
  lexemes: 500_000,
  /** Words and signs of a line, or between two commas. */
  phrase: 200,
  /** Values of one list or object. */
  items: 10_000,
  /** Lists and objects inside each other. */
  depth: 64,
  /** Aliases of one document, those inside of what an alias stands for too. */
  aliases: 100,
  /** Values that the aliases of one document stand for together. */
  aliasedValues: 10_000,
} as const;
