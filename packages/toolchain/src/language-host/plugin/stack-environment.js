/**
 * The environment from which a policy pack's `pulumi.getStack()`, `getProject()` and
 * `Config` read while the pack loads.
 *
 * @param {import("../messages/requests.js").StackConfiguration} stack
 * @returns {Record<string, string>}
 */
export function stackEnvironment(stack) {
  const values = {
    PULUMI_NODEJS_ORGANIZATION: stack.organization,
    PULUMI_NODEJS_PROJECT: stack.project,
    PULUMI_NODEJS_STACK: stack.stack,
    PULUMI_NODEJS_DRY_RUN: String(stack.dryRun),
    PULUMI_CONFIG: JSON.stringify(stack.config),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
