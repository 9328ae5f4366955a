import { isDeepStrictEqual } from "node:util";
import { configuredClusters, type OpenOptions, openClusters } from "@coppice/clusters/connections";
import type { JsonValue } from "@coppice/core";
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

/**
 * Refuses a configuration that cannot be right, before anything is done. Reads no secret. Whether a literal credential
 * is one, only `configure` is told: here the engine takes the mark away (`CheckConfig` in resource/plugin).
 */
export function checkConfig(request: CheckRequest): CheckResponse {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  const { given, environment } = givenClusters(request.getNews());
  if (hasUnknown(given)) return response;
  const { problems } = configuredClusters(given, { environment, secret: true });
  response.setFailuresList(problems.map(checkFailure));
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
  const { given, ...rules } = givenClusters(request.getArgs());
  const { folder, connect } = session;
  const options = { ...rules, folder, ...(connect && { connect }) };
  session.configure(await openClusters(given, options), referenceOf(request));
  const response = new messages.ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setAcceptoutputs(true);
  response.setSupportspreview(true);
  return response;
}

/** As the engine writes it (resource/deploy/providers/reference.go). */
function referenceOf(request: ConfigureRequest): string | undefined {
  const [urn, id] = [request.getUrn(), request.getId()];
  return urn && id ? `${urn}::${id}` : undefined;
}

/** The configured clusters, and what they are read by. */
function givenClusters(
  news: Struct | undefined,
): { readonly given: JsonValue | undefined } & Pick<OpenOptions, "secret" | "environment"> {
  const given = fromWire(news)["clusters"];
  return { given, secret: isSecretOnWire(news, "clusters"), environment: process.env };
}
