import type { Unfinished } from "@coppice/clusters";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import anyMessages from "google-protobuf/google/protobuf/any_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { unfinishedLines } from "../../kit/unfinished-lines.ts";

/** What was made although not everything was. */
export interface PartialResource {
  readonly id: string;
  readonly inputs: Struct;
  readonly outputs: Struct;
  readonly unfinished: readonly Unfinished[];
}

/**
 * The error by which the engine keeps a partly made resource in the state: `ErrorResourceInitFailed`,
 * packed into the trailer that gRPC reserves for details.
 */
export function initFailedError(partial: PartialResource): ServiceError {
  const detail = new providerMessages.ErrorResourceInitFailed();
  detail.setId(partial.id);
  detail.setInputs(partial.inputs);
  detail.setProperties(partial.outputs);
  detail.setReasonsList(unfinishedLines(partial.unfinished));
  const packed = new anyMessages.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message = `${partial.unfinished.length} unfinished; what was finished is kept, the next update does the rest`;
  return withDetails(message, packed);
}

function withDetails(message: string, packed: InstanceType<typeof anyMessages.Any>): ServiceError {
  const full = new statusMessages.Status();
  full.setCode(status.UNKNOWN);
  full.setMessage(message);
  full.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
  return Object.assign(new Error(message), { code: status.UNKNOWN, details: message, metadata });
}
