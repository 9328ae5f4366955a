/** A value, or why there is none. */
export type Known<Value> = { readonly value: Value } | { readonly reason: string };

/**
 * Reads what a policy needs of a resource. Pulumi hands policies resources that throw where something is read that is not
 * known before the run (@pulumi/policy, proxy.ts, `UnknownValueError`), and a rule that lets it pass is not enforced: here
 * it becomes a reason to refuse.
 *
 * @example readKnown(() => props.base.disks) // { reason: "'base.disks' is not known before the run" }
 */
export function readKnown<Value>(read: () => Value): Known<Value> {
  try {
    return { value: read() };
  } catch (error) {
    return { reason: unknownPath(error) ?? `it cannot be read: ${messageOf(error)}` };
  }
}

function unknownPath(error: unknown): string | undefined {
  const path = error instanceof Error && "props" in error ? error.props : undefined;
  return Array.isArray(path) ? `'${path.join(".")}' is not known before the run` : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
