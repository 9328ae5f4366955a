/** Somebody who answers. */
export interface Questions {
  /** A line; the usual answer where it is left empty. */
  ask(question: string, usual?: string): Promise<string>;
  /** A line that the terminal does not show. */
  askSecret(question: string): Promise<string>;
  /** Whether the answer is yes; no where it is left empty. */
  confirm(question: string): Promise<boolean>;
  /** Shows lines that a question is about. */
  tell(lines: readonly string[]): void;
}
