import { CoppiceError } from "@coppice/core";
import { nameOfToken } from "./token-text.ts";

function refused(what: string, why: string, wayOut: string, cause?: unknown): CoppiceError {
  return new CoppiceError("cluster.rotation", {
    what,
    why,
    wayOut,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A token that no file holds. */
export function notInFile(cluster: string, variable: string): CoppiceError {
  return refused(
    `The API token of the cluster '${cluster}' cannot be replaced from here`,
    `it is in the environment variable ${variable}, which whoever starts coppice sets`,
    `Make another one by \`pveum user token add\`, set ${variable} to it, and remove the old one when nothing uses it any more; or register the cluster with --token-file`,
  );
}

/** Whoever asks may make no token for the user. */
export function mayNotMake(token: string, cause: unknown): CoppiceError {
  const { userid } = nameOfToken(token);
  return refused(
    `No token can be made for ${userid}`,
    "that takes User.Modify on a group of that user, and a token does not count as its user",
    "Grant it as docs/guides/clusters.md shows, or give --user with somebody who may, such as root@pam",
    cause,
  );
}

/** Rights of the token that cannot be copied. */
export function mayNotGrant(token: string, cause?: unknown): CoppiceError {
  return refused(
    `The rights of ${token} cannot be given to another token`,
    "it has rights of its own, which takes Permissions.Modify on their paths to see and to give",
    "Give --user with somebody who may, such as root@pam",
    cause,
  );
}

/** A token that was made in vain. */
export function lacksRights(from: string, paths: readonly string[]): CoppiceError {
  return refused(
    `The new token has other rights than ${from}`,
    `they differ on ${paths.join(", ")}; it was removed again`,
    "Give --user with somebody who sees all rights, such as root@pam",
  );
}

/** A token that another cluster's entry holds elsewhere. */
export function isShared(token: string, clusters: readonly string[]): CoppiceError {
  return refused(
    `The token ${token} cannot be replaced`,
    `another place has it as well: the entry of ${clusters.join(", ")}`,
    "Let both entries name one file, or give each a token of its own",
  );
}

/** The token's file holds something else. */
export function noToken(file: string): CoppiceError {
  return refused(
    `The file ${file} holds no API token`,
    "it has to read user@realm!name=secret",
    "Correct it",
  );
}
