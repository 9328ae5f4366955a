import type { Field, RecordType, WholeShape } from "../description/field.ts";
import { originForm } from "../values/origin.ts";
import type { Cluster, CredentialReference } from "./generated/inputs.ts";
import { endpointRule, oneSourceRule, oneTrustRule } from "./rules/cluster-rules.ts";

const port: WholeShape = { kind: "whole", from: 1, to: 65_535, outside: "not a port" };

/** Where a credential is found. */
export const credentialReference: RecordType<CredentialReference> = {
  name: "CredentialReference",
  sentence: "Where a credential is found when the provider starts; never the credential itself.",
  fields: {
    env: {
      kind: "text",
      // Whoever writes the credential itself here would find it in the state and in messages.
      pattern: {
        form: /^[A-Za-z_]\w*$/,
        outside: "not the name of a variable",
        wayOut: 'name one, like "PVE_TOKEN"',
      },
      sentence: "An environment variable that holds it.",
      example: "PVE_TOKEN",
    },
    file: {
      kind: "text",
      path: true,
      sentence:
        "A file that holds it; a relative one begins at the project's folder, in a document at the document's.",
      example: "pve-token",
    },
  },
  rules: [oneSourceRule],
};

/** A reference; a literal is taken out of a Pulumi secret only, which `findLiteralCredentials` sees to. */
const credential = {
  kind: "one-of",
  options: [{ kind: "record", type: credentialReference }, { kind: "text" }],
  secret: true,
  required: true,
} as const satisfies Partial<Field>;

const sshNode: RecordType = {
  name: "SshNode",
  sentence: "How one node is reached over SSH.",
  fields: {
    host: { kind: "text", sentence: "Its address.", required: true, example: "10.0.0.11" },
    port: { ...port, sentence: "Port of its SSH server; the cluster's when absent.", example: 22 },
    hostKey: {
      kind: "text",
      sentence: "Its host key or that key's fingerprint, for those who keep all of a node together.",
      example: "ssh-ed25519 AAAA…",
    },
  },
};

const ssh: RecordType = {
  name: "ClusterSsh",
  sentence: "How the nodes of a cluster are reached over SSH.",
  fields: {
    user: { kind: "text", sentence: "Who logs in.", default: "root" },
    port: { ...port, sentence: "Port of the SSH servers.", default: 22 },
    key: { ...credential, sentence: "The private key.", example: { file: "coppice-key" } },
    hostKeys: {
      kind: "map",
      values: { kind: "text" },
      sentence: "Each node's host key (`ssh-ed25519 AAAA…`) or its fingerprint (`SHA256:…`).",
      example: { pve1: "ssh-ed25519 AAAA…" },
    },
    nodes: {
      kind: "map",
      values: { kind: "record", type: sshNode },
      sentence: "Nodes whose address is not their name.",
      example: { pve1: { host: "10.0.0.11" } },
    },
  },
};

/** One entry of the configuration `coppice:clusters`. */
export const cluster: RecordType<Cluster> = {
  name: "Cluster",
  sentence: "One entry of the configuration `coppice:clusters`.",
  fields: {
    endpoint: {
      kind: "text",
      sentence: "The API of any node of the cluster.",
      required: true,
      example: "https://pve1.example.org:8006",
    },
    caFile: {
      kind: "text",
      path: true,
      sentence: "File of the authority that signed the node's certificate; or give a `fingerprint`.",
      example: "pve-root-ca.pem",
    },
    fingerprint: {
      kind: "text",
      sentence: "SHA-256 fingerprint of the node's certificate, as `pvenode cert info` shows it.",
      example: "AB:CD:…",
    },
    token: {
      ...credential,
      sentence: "An API token, `user@realm!name=secret`.",
      example: { env: "PVE_TOKEN" },
    },
    ssh: {
      kind: "record",
      type: ssh,
      sentence: "How nodes are reached over SSH; without it machines are made through the API alone.",
    },
    bulk: {
      kind: "flag",
      sentence:
        "Allows configuration files to be written as root: method `bulk`, which `auto` takes then, and removal on the node.",
      default: false,
    },
  },
  rules: [endpointRule, oneTrustRule],
};

/** What a stack configures for the provider, each key behind `coppice:`. */
export const configuration: RecordType = {
  name: "Configuration",
  sentence: "What a stack configures under `coppice:`.",
  fields: {
    clusters: {
      kind: "map",
      values: { kind: "record", type: cluster },
      sentence: "The clusters by name; `main` is used where none is named.",
      example: { main: { endpoint: "https://pve1.example.org:8006", token: { env: "PVE_TOKEN" } } },
    },
    origin: {
      kind: "text",
      pattern: {
        form: originForm,
        outside: "not the id of a state's home",
        wayOut: "take the 16 characters of the file `.coppice/origin` beside the state's `.pulumi`",
      },
      sentence:
        "The id of the state's home. New machines carry it in their marks, so that no other home takes them for its own; what exists keeps its marks. Described stacks get it by themselves.",
      example: "h3f9a0c51d2e87b4",
    },
    door: {
      kind: "choice",
      name: "Door",
      choices: { plugin: "takes the provider plugin", dynamic: "takes Pulumi's dynamic provider" },
      sentence: "The door through which resources go.",
      default: "plugin",
    },
  },
};
