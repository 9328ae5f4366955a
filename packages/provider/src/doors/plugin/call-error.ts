import { CoppiceError } from "@coppice/core";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

/**
 * The error of a call as the engine shows it: the message of a `CoppiceError`, anything else
 * marked as our fault. Never a stack; that goes to the debug log.
 */
export function callError(error: unknown): ServiceError {
  if (isServiceError(error)) return error;
  const details = CoppiceError.of(error).message;
  const metadata = new Metadata();
  return Object.assign(new Error(details), { code: status.UNKNOWN, details, metadata });
}

function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error && "code" in error && "metadata" in error && error.metadata instanceof Metadata
  );
}
