import {
  type Cluster,
  configuration,
  findMistakes,
  formatPath,
  type Mistake,
  withDefaults,
} from "@coppice/core";
import type { ConfigProblem } from "./config-problem.ts";
import type { ParsedClusters } from "./parse-clusters.ts";
import { parseHostKeys } from "./parse-host-keys.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables by the field of a cluster that each one fills. */
const VARIABLES = {
  endpoint: "PROXMOX_VE_ENDPOINT",
  token: "PROXMOX_VE_API_TOKEN",
  caFile: "PROXMOX_VE_CA_FILE",
  fingerprint: "PROXMOX_VE_FINGERPRINT",
  "ssh.key": "PROXMOX_VE_SSH_PRIVATE_KEY",
  "ssh.user": "PROXMOX_VE_SSH_USERNAME",
  "ssh.hostKeys": "PROXMOX_VE_SSH_HOST_KEYS",
} as const;

/**
 * The cluster `main` as the variables of the Proxmox community describe it (names as in bpg's Terraform
 * provider), for stacks that configure none. It is judged as one that is configured, each mistake by its variable; one
 * that is empty counts as not set. Three names are ours, because that provider has nothing like
 * them: `PROXMOX_VE_CA_FILE`, `PROXMOX_VE_FINGERPRINT` and `PROXMOX_VE_SSH_HOST_KEYS`.
 */
export function clustersFromEnvironment(environment: Environment): ParsedClusters {
  const value = (name: string) => environment[name]?.trim() || undefined;
  if (value(VARIABLES.endpoint) === undefined) return { clusters: new Map(), problems: [] };
  const hostKeys = parseHostKeys(value(VARIABLES["ssh.hostKeys"]) ?? "");
  const given = { clusters: { main: clusterOf(value, hostKeys.keys) } };
  const mistakes = findMistakes(configuration, given).map(byVariable);
  const lines = hostKeys.problems.map((reason) => ({ property: VARIABLES["ssh.hostKeys"], reason }));
  const problems = [...mistakes, ...lines, ...credentialProblems(value), ...insecureProblems(value)];
  if (problems.length > 0) return { clusters: new Map(), problems };
  // What was found without a mistake has the form that the kind describes.
  const { clusters } = withDefaults(configuration, given) as { clusters: { readonly main: Cluster } };
  return { clusters: new Map([["main", clusters.main]]), problems: [] };
}

type ReadVariable = (name: string) => string | undefined;

/** In the form of the configuration: the secrets stay where they are. */
function clusterOf(value: ReadVariable, hostKeys: Readonly<Record<string, string>>): object {
  const key = { env: VARIABLES["ssh.key"] };
  const user = value(VARIABLES["ssh.user"]);
  return {
    endpoint: value(VARIABLES.endpoint),
    token: { env: VARIABLES.token },
    caFile: value(VARIABLES.caFile),
    fingerprint: value(VARIABLES.fingerprint),
    ...(value(key.env) !== undefined && {
      ssh: { key, hostKeys, nodes: {}, ...(user !== undefined && { user }) },
    }),
  };
}

/** A mistake by the variable that it is in; other fields that its reason names are variables too. */
function byVariable({ path, reason }: Mistake): ConfigProblem {
  const [, , ...field] = path;
  return {
    property: variableOf(formatPath(field)),
    reason: reason.replaceAll(/'(\w+)'/g, (_, name: string) => variableOf(name)),
  };
}

/** What lies deeper in a variable, such as one host key, is of that variable. */
function variableOf(field: string): string {
  const found = Object.entries(VARIABLES).find(([name]) => field === name || field.startsWith(`${name}[`));
  return found?.[1] ?? field;
}

function credentialProblems(value: ReadVariable): ConfigProblem[] {
  const isMissing = value(VARIABLES.token) === undefined;
  const isBoth = !isMissing && value(PASSWORD) !== undefined;
  return [
    ...(isMissing ? [{ property: VARIABLES.token, reason: noToken }] : []),
    ...(isBoth ? [{ property: PASSWORD, reason: twoCredentials }] : []),
  ];
}

const PASSWORD = "PROXMOX_VE_PASSWORD";

const noToken = "is not set; put an API token into it, user@realm!name=secret: Coppice takes no password";

const twoCredentials = `contradicts ${VARIABLES.token}; unset it: Coppice takes the token alone`;

function insecureProblems(value: ReadVariable): ConfigProblem[] {
  const property = "PROXMOX_VE_INSECURE";
  return isTrue(value(property)) ? [{ property, reason: insecure }] : [];
}

const insecure =
  "is refused: without verification whoever is on the way can read the token. " +
  "Set PROXMOX_VE_FINGERPRINT to the certificate's SHA-256 fingerprint (`pvenode cert info` on the node shows it), " +
  "or PROXMOX_VE_CA_FILE to a copy of /etc/pve/pve-root-ca.pem";

/** The spellings that Go's strconv.ParseBool takes for true, which the community's provider uses. */
function isTrue(value: string | undefined): boolean {
  return ["1", "t", "T", "TRUE", "true", "True"].includes(value ?? "");
}
