import { isDeepStrictEqual } from "node:util";
import {
  clustersFromEnvironment,
  configError,
  type ParsedClusters,
  parseClusters,
  resolveClusters,
} from "@coppice/clusters/connections";
import type {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  ConfigureResponse,
  DiffRequest,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { hasUnknown } from "../../kit/unknown.ts";
import { checkFailure } from "./check-failure.ts";
import type { PluginSession } from "./plugin-session.ts";
import { fromWire, isSecretOnWire } from "./wire-values.ts";

/** Refuses a configuration that cannot be right, before anything is done. Reads no secret. */
export function checkConfig(request: CheckRequest): CheckResponse {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  if (hasUnknown(fromWire(request.getNews())["clusters"])) return response;
  response.setFailuresList(parse(request.getNews()).problems.map(checkFailure));
  return response;
}

/** A changed configuration never replaces a resource: clusters keep their names when they move. */
export function diffConfig(request: DiffRequest): DiffResponse {
  const same = isDeepStrictEqual(fromWire(request.getOldInputs()), fromWire(request.getNews()));
  const response = new messages.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  response.setChanges(same ? DIFF_NONE : DIFF_SOME);
  return response;
}

/** Takes the configuration into use: reads the secrets that it refers to. */
export async function configure(
  session: PluginSession,
  request: ConfigureRequest,
): Promise<ConfigureResponse> {
  const given = parse(request.getArgs());
  const fallback = given.clusters.size === 0 && given.problems.length === 0;
  const parsed = fallback ? clustersFromEnvironment(process.env) : given;
  const resolved = await resolveClusters(parsed, { environment: process.env, folder: session.folder });
  if (resolved.problems.length > 0) throw configError(resolved.problems);
  session.configure(resolved.clusters);
  const response = new messages.ConfigureResponse();
  response.setAcceptsecrets(false);
  response.setSupportspreview(true);
  return response;
}

function parse(news: Struct | undefined): ParsedClusters {
  return parseClusters(fromWire(news)["clusters"], { secret: isSecretOnWire(news, "clusters") });
}
