/** What a preview was made of. Two previews with the same digest show the same and would do the same. */
export interface Digest {
  /** What a person hands on: the beginnings of the parts, joined. */
  readonly text: string;
  /** A sum of each part by itself, so that what differs can be named. */
  readonly parts: Readonly<Record<DigestPart, string>>;
}

/** The parts of a digest, in the order in which its text has them, and how a sentence names what differs. */
export const digestParts = {
  description: "the documents or their clusters",
  packages: "the versions of Coppice or of its engine",
  prices: "the prices",
  world: "what there is on the cluster or what was made of these documents",
} as const satisfies Readonly<Record<string, string>>;

/** One of {@link digestParts}. */
export type DigestPart = keyof typeof digestParts;

/** Their names, in order. */
export const digestPartNames: readonly DigestPart[] = ["description", "packages", "prices", "world"];
