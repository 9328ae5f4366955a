import { isList, type JsonValue } from "@coppice/core";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { asSecret, fromWire, isSecretOnWire, toWire } from "./wire-values.ts";

/** The property that names the clusters. */
const NAME = "clusters";

/** The clusters of a provider's configuration as they came. */
export interface GivenClusters {
  readonly given: JsonValue | undefined;
  /** The program or the stack gave them as a Pulumi secret. */
  readonly secret: boolean;
  /** They were sealed. */
  readonly sealed: boolean;
}

/**
 * A configuration in which a credential stands itself, so that the engine keeps it encrypted whatever was said of it: it
 * writes a provider into the state before it hears that `configure` refuses it (`Configure` in resource/plugin answers
 * before the provider does). The list is what the engine puts the mark of a secret around where there was one
 * (`annotateSecrets` there), so that `configure` can still tell whether there was.
 */
export function sealClusters(news: Struct | undefined): Struct {
  const { [NAME]: clusters = null, ...others } = fromWire(news);
  return toWire({ ...others, [NAME]: isList(clusters) ? clusters.map(asSecret) : [asSecret(clusters)] });
}

/** The clusters of a configuration, sealed or not. A list of any other length is somebody's mistake, to be told as such. */
export function unsealClusters(struct: Struct | undefined): GivenClusters {
  const value = fromWire(struct)[NAME];
  const isMarked = isSecretOnWire(struct, NAME);
  if (!isList(value) || value.length !== 1) return { given: value, secret: isMarked, sealed: false };
  return { given: value[0], secret: isMarked && !Array.isArray(struct?.toJavaScript()[NAME]), sealed: true };
}
