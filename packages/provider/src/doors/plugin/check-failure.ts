import type { CheckFailure as Message } from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { CheckFailure } from "../../kit/check-failures.ts";

/** A refused input as the engine shows it. */
export function checkFailure(problem: CheckFailure): Message {
  const failure = new messages.CheckFailure();
  failure.setProperty(problem.property);
  failure.setReason(problem.reason);
  return failure;
}
