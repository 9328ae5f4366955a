/** Who can do something about an error: the person who asked, who runs the installation, or we. */
export type ErrorAudience = "user" | "operator" | "bug";

/** What is to be known of an error code, whatever the single case. */
export interface ErrorDescription {
  readonly audience: ErrorAudience;
  /** The HTTP status of an answer that ends with it. */
  readonly status: number;
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What to do about it, without a full stop. */
  readonly wayOut: string;
}

/** Error codes of one domain, sorted by name. */
export type ErrorTable = Readonly<Record<`${string}.${string}`, ErrorDescription>>;
