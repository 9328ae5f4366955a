/**
 * The cluster that a stack is on: a stack is named after it, behind its tenant's name where there is one.
 *
 * @example clusterOfStack("acme.main") // "main"
 */
export function clusterOfStack(stack: string): string {
  return stack.slice(stack.lastIndexOf(".") + 1);
}
