import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { messageOf } from "../../kit/message-of.ts";

/**
 * The error of a call as the engine shows it: the message of a `CoppiceError` as it is, anything else
 * marked as our fault. Never a stack; that goes to the debug log.
 */
export function callError(error: unknown): ServiceError {
  if (isServiceError(error)) return error;
  const details = messageOf(error);
  const metadata = new Metadata();
  return Object.assign(new Error(details), { code: status.UNKNOWN, details, metadata });
}

function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error && "code" in error && "metadata" in error && error.metadata instanceof Metadata
  );
}
