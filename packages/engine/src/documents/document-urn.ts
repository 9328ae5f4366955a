/** What identifies a document. */
export interface DocumentName {
  readonly kind: string;
  readonly name: string;
}

/** The URN of what a document describes: it stands directly below the stack. */
export function documentUrn(stack: { project: string; stack: string }, { kind, name }: DocumentName): string {
  return `urn:pulumi:${stack.stack}::${stack.project}::coppice:index:${kind}::${name}`;
}
