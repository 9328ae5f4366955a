import type { CheckFailure } from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";

/** A refused input as the engine shows it. */
export function checkFailure(problem: { readonly property: string; readonly reason: string }): CheckFailure {
  const failure = new messages.CheckFailure();
  failure.setProperty(problem.property);
  failure.setReason(problem.reason);
  return failure;
}
