/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly reason: string;
  /** Each by its name in small letters; several of one name joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
