/** What signs requests: a token or a login ticket. */
export interface Authenticator {
  /** Headers that authenticate a request with this method. */
  headers(method: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Texts that no error may show. */
  secrets(): readonly string[];
  /** Who we are and where it was read, for whoever is told that the server refuses it: `The API token …`. */
  words(): string;
  /**
   * The server refused the credentials (401). Answers whether asking once more makes sense, because
   * they can be made anew.
   */
  refused(): boolean;
}
