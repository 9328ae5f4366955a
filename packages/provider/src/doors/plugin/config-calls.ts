import { isDeepStrictEqual } from "node:util";
import {
  configuredClusters,
  type OpenOptions,
  openClusters,
  parseOrigin,
} from "@coppice/clusters/connections";
import { findLiteralCredentials, hasUnknown } from "@coppice/core";
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
import { checkFailure } from "./check-failure.ts";
import type { PluginSession } from "./plugin-session.ts";
import { sealClusters, unsealClusters } from "./sealed-clusters.ts";
import { fromWire } from "./wire-values.ts";

/**
 * Refuses a configuration that cannot be right, before anything is done. Reads no secret. Whether a literal credential
 * is one, only `configure` is told: here the engine takes the mark away (`CheckConfig` in resource/plugin).
 */
export function checkConfig({ environment }: PluginSession, request: CheckRequest): CheckResponse {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  const { given } = unsealClusters(request.getNews());
  if (hasUnknown(given)) return response;
  const { clusters, problems } = configuredClusters(given, { environment, secret: true });
  const { problems: ofOrigin } = originIn(request.getNews());
  response.setFailuresList([...problems, ...ofOrigin].map(checkFailure));
  const holdsCredential = [...clusters.values()].some((each) => findLiteralCredentials(each).length > 0);
  if (holdsCredential) response.setInputs(sealClusters(request.getNews()));
  return response;
}

/**
 * A changed configuration never replaces a resource: clusters keep their names when they move. One that holds a credential
 * counts as changed: no mark of a secret is seen here either, and an unchanged provider is used as the state has it,
 * without the mark that the program has given it since.
 */
export function diffConfig(request: DiffRequest): DiffResponse {
  const { sealed } = unsealClusters(request.getNews());
  const same = !sealed && isDeepStrictEqual(fromWire(request.getOldInputs()), fromWire(request.getNews()));
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
  const { given, secret } = unsealClusters(request.getArgs());
  const { folder, environment, connect } = session;
  const options: OpenOptions = { secret, environment, folder, ...(connect && { connect }) };
  const clusters = await openClusters(given, options);
  session.configure({
    clusters,
    reference: referenceOf(request),
    origin: originIn(request.getArgs()).origin,
  });
  const response = new messages.ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setAcceptoutputs(true);
  response.setSupportspreview(true);
  return response;
}

/** One that is not known yet in a preview is none: in an update it will be. */
function originIn(struct: Struct | undefined): ReturnType<typeof parseOrigin> {
  const { origin } = fromWire(struct);
  return parseOrigin(hasUnknown(origin) ? undefined : origin);
}

/** As the engine writes it (resource/deploy/providers/reference.go). */
function referenceOf(request: ConfigureRequest): string | undefined {
  const [urn, id] = [request.getUrn(), request.getId()];
  return urn && id ? `${urn}::${id}` : undefined;
}
