import type { Cluster, ClusterSsh } from "@coppice/core";
import type { ConfigProblem } from "./config-problem.ts";
import type { ParsedClusters } from "./parse-clusters.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The cluster `main` as the variables of the Proxmox community describe it (names as in bpg's Terraform
 * provider), for stacks that configure none. Three names are ours, because that provider has nothing like
 * them: `PROXMOX_VE_CA_FILE`, `PROXMOX_VE_FINGERPRINT` and `PROXMOX_VE_SSH_HOST_KEYS`.
 */
export function clustersFromEnvironment(environment: Environment): ParsedClusters {
  const endpoint = environment["PROXMOX_VE_ENDPOINT"];
  if (!endpoint) return { clusters: new Map(), problems: [] };
  const problems = findProblems(environment);
  if (problems.length > 0) return { clusters: new Map(), problems };
  const caFile = environment["PROXMOX_VE_CA_FILE"];
  const fingerprint = environment["PROXMOX_VE_FINGERPRINT"];
  const ssh = sshFrom(environment);
  const main: Cluster = {
    endpoint,
    token: { env: "PROXMOX_VE_API_TOKEN" },
    bulk: false,
    ...(caFile ? { caFile } : {}),
    ...(fingerprint ? { fingerprint } : {}),
    ...(ssh ? { ssh } : {}),
  };
  return { clusters: new Map([["main", main]]), problems: [] };
}

function findProblems(environment: Environment): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const endpoint = environment["PROXMOX_VE_ENDPOINT"] ?? "";
  if (!(URL.canParse(endpoint) && new URL(endpoint).protocol === "https:")) {
    problems.push({
      property: "PROXMOX_VE_ENDPOINT",
      reason: "must look like https://pve1.example.org:8006",
    });
  }
  if (isTrue(environment["PROXMOX_VE_INSECURE"]))
    problems.push({ property: "PROXMOX_VE_INSECURE", reason: insecure });
  if (environment["PROXMOX_VE_CA_FILE"] && environment["PROXMOX_VE_FINGERPRINT"]) {
    problems.push({
      property: "PROXMOX_VE_FINGERPRINT",
      reason: "contradicts PROXMOX_VE_CA_FILE; set one of them",
    });
  }
  return problems;
}

const insecure =
  "is refused: without verification whoever is on the way can read the token. " +
  "Set PROXMOX_VE_FINGERPRINT to the certificate's SHA-256 fingerprint (`pvenode cert info` on the node shows it), " +
  "or PROXMOX_VE_CA_FILE to a copy of /etc/pve/pve-root-ca.pem";

function sshFrom(environment: Environment): ClusterSsh | undefined {
  if (!environment["PROXMOX_VE_SSH_PRIVATE_KEY"]) return undefined;
  return {
    user: environment["PROXMOX_VE_SSH_USERNAME"] ?? "root",
    port: 22,
    key: { env: "PROXMOX_VE_SSH_PRIVATE_KEY" },
    hostKeys: knownHosts(environment["PROXMOX_VE_SSH_HOST_KEYS"] ?? ""),
    nodes: {},
  };
}

/** Lines as in a known_hosts file: `pve1 ssh-ed25519 AAAA…`. */
function knownHosts(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").map((line) => /^\s*(\S+)\s+(\S.*)$/.exec(line));
  return Object.fromEntries(
    lines.flatMap((match) => (match?.[1] && match[2] ? [[match[1], match[2].trim()]] : [])),
  );
}

/** The spellings that Go's strconv.ParseBool takes for true, which the community's provider uses. */
function isTrue(value: string | undefined): boolean {
  return ["1", "t", "T", "TRUE", "true", "True"].includes(value ?? "");
}
