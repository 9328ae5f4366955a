/** What the engine says to people beside its events, sorted by how it begins. */
export interface EngineWords {
  readonly warnings: readonly string[];
  /** Why it did not do what it was asked. */
  readonly errors: readonly string[];
}

/** Reads what the engine wrote to its error stream: sentences of a line or several, each behind its severity. */
export function engineWords(said: string): EngineWords {
  const sentences = said.split(/^(?=(?:error|warning): )/m).map((text) => text.trim());
  const after = (severity: string) =>
    sentences.filter((text) => text.startsWith(severity)).map((text) => text.slice(severity.length));
  return { warnings: after("warning: "), errors: after("error: ") };
}
