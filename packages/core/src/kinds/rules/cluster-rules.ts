import type { Mistake, Rule } from "../../description/mistake.ts";
import type { Cluster, CredentialReference } from "../generated/inputs.ts";

/** How a reference to a secret is written. */
export const referenceForms = '{ env: "NAME" } or { file: "path" }';

/** The address is one that TLS protects. */
export const endpointRule: Rule<Pick<Cluster, "endpoint">> = {
  needs: ["endpoint"],
  find: ({ endpoint }) => {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (url?.protocol === "https:" && url.username === "" && url.password === "") return [];
    // It may have been written with a password in it, which no message may repeat.
    const shown = endpoint.replace(/^([^/]*\/\/)?.*@/s, "$1…@").slice(0, 60);
    const reason = `is "${shown}", not the bare https address of a node`;
    return [{ path: ["endpoint"], reason: `${reason}; write it like "https://pve1.example.org:8006"` }];
  },
};

/** A certificate is trusted for one reason. */
export const oneTrustRule: Rule<Pick<Cluster, "caFile" | "fingerprint">> = {
  needs: ["caFile", "fingerprint"],
  find: ({ caFile, fingerprint }) =>
    caFile === undefined || fingerprint === undefined
      ? []
      : [{ path: ["fingerprint"], reason: "contradicts 'caFile'; give one of them" }],
};

/** A credential is in one place. */
export const oneSourceRule: Rule<CredentialReference> = {
  needs: ["env", "file"],
  find: ({ env, file }) => {
    if ((env === undefined) !== (file === undefined)) return [];
    const reason =
      env === undefined ? "names neither a variable nor a file" : "names both a variable and a file";
    return [{ path: [], reason: `${reason}; give ${referenceForms}` }];
  },
};

/**
 * Credentials that stand in a configuration themselves. Where that is no Pulumi secret they are refused: the stack's
 * configuration is a file that mostly goes into a repository, and behind the dynamic door the state shows it as well.
 */
export function findLiteralCredentials({ token, ssh }: Cluster): Mistake[] {
  const literal = (path: readonly string[]): Mistake => ({
    path,
    reason: `is a literal, readable in the stack's files; give ${referenceForms}, or (plugin door only) set it with --secret`,
  });
  return [
    ...(typeof token === "string" ? [literal(["token"])] : []),
    ...(typeof ssh?.key === "string" ? [literal(["ssh", "key"])] : []),
  ];
}
