import { CoppiceError } from "@coppice/core";
import type { ClusterWish } from "./cluster-wish.ts";
import { optionName } from "./option-name.ts";

/** What a refused token means to whoever gave it: where it came from. Any other error stays as it is. */
export function tokenRefused(error: unknown, { endpoint, tokenFile, tokenEnv }: ClusterWish): unknown {
  if (!CoppiceError.is(error) || error.code !== "pve.unauthorized") return error;
  const given =
    tokenFile !== undefined
      ? `in the file ${tokenFile} (${optionName("tokenFile")})`
      : `in the variable ${tokenEnv} (${optionName("tokenEnv")})`;
  const isTyped = tokenFile === undefined && tokenEnv === undefined;
  return new CoppiceError("pve.unauthorized", {
    what: `${endpoint ?? "The cluster"} refuses the API token ${isTyped ? "that was typed" : given}`,
    why: error.why ?? error.what,
    wayOut:
      "`pveum user token list <user>` on a node shows which there are and whether they have expired; a secret that is lost takes a new token",
    cause: error,
  });
}
