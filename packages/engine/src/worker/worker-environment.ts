import type { Environment } from "../home/home-folder.ts";

/**
 * The variables that a worker may see: where programs and people are found, how the network is reached, and what the
 * engine's backends log in with. Credentials of clusters come with an order and go with its run.
 */
const allowed = [
  /^(PATH|HOME|USER|LOGNAME|TMPDIR|TZ|LANG|LC_\w+|XDG_\w+)$/,
  /^(NODE_COMPILE_CACHE|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR)$/,
  /^(http_proxy|https_proxy|no_proxy|HTTP_PROXY|HTTPS_PROXY|NO_PROXY)$/,
  /^(PULUMI|AWS|AZURE|ARM|GOOGLE|PG|VAULT)_?[A-Z]\w*$/,
];

/** What a worker gets of an environment. */
export function workerEnvironment(environment: Environment): Record<string, string | undefined> {
  const names = Object.keys(environment).filter((name) => allowed.some((pattern) => pattern.test(name)));
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}
