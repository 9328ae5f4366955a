/** A value, or why there is none. */
export type Known<Value> = { readonly value: Value } | { readonly reason: string };

/**
 * Reads what a policy needs of a resource. Pulumi hands policies resources that throw where something is read that is not
 * known before the run (@pulumi/policy, proxy.ts, `UnknownValueError`), and a rule that lets it pass is not enforced: here
 * it becomes a reason to refuse, in a sentence.
 *
 * @example readKnown(() => props.tags) // { reason: "'tags' is not known before the run. Give it as a plain value" }
 */
export function readKnown<Value>(read: () => Value): Known<Value> {
  try {
    return { value: read() };
  } catch (error) {
    return { reason: unknownReason(error) ?? `it cannot be read: ${messageOf(error)}` };
  }
}

function unknownReason(error: unknown): string | undefined {
  const path = error instanceof Error && "props" in error ? error.props : undefined;
  if (!Array.isArray(path)) return undefined;
  const wayOut =
    path[0] === "base"
      ? "Through the plugin (coppice:door) it is, unless the base is copied from a machine that the same run makes"
      : "Give it as a plain value";
  return `'${path.join(".")}' is not known before the run. ${wayOut}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
