import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

/** An error for the user as it stands; the engine puts type and name of the component in front. */
export function refusal(details: string): ServiceError {
  const metadata = new Metadata();
  return Object.assign(new Error(details), { code: status.INVALID_ARGUMENT, details, metadata });
}
