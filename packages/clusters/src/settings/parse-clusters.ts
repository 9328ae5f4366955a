import { isProperties, type JsonValue, type Properties } from "@coppice/core";
import type { ClusterEntry, NodeSshSettings, SshSettings } from "./cluster-settings.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { FieldReader } from "./field-reader.ts";
import { type ReferenceRules, readReference } from "./read-reference.ts";

/** The clusters of a configuration by name, and everything that is wrong with them. */
export interface ParsedClusters {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads the configuration `coppice:clusters`: an object from names to clusters, given as such or as JSON
 * text (Pulumi passes structured configuration to providers as text).
 */
export function parseClusters(given: JsonValue | undefined, rules: ReferenceRules): ParsedClusters {
  if (given === undefined || given === null) return { clusters: new Map(), problems: [] };
  const value = typeof given === "string" ? parseJson(given) : given;
  if (!isProperties(value)) {
    const reason = 'must be a JSON object from cluster names to clusters: { "main": { "endpoint": … } }';
    return { clusters: new Map(), problems: [{ property: "clusters", reason }] };
  }
  return readClusters(value, rules);
}

function readClusters(value: Properties, rules: ReferenceRules): ParsedClusters {
  const problems: ConfigProblem[] = [];
  const readers = new FieldReader("clusters", value, problems).objects();
  const clusters = new Map(readers.map(([name, fields]) => [name, readCluster(fields, rules)]));
  return { clusters: problems.length > 0 ? new Map() : clusters, problems };
}

function readCluster(fields: FieldReader, rules: ReferenceRules): ClusterEntry {
  fields.only("endpoint", "caFile", "fingerprint", "token", "ssh", "bulk");
  const trust = { caFile: fields.text("caFile"), fingerprint: fields.text("fingerprint") };
  if (trust.caFile !== undefined && trust.fingerprint !== undefined) {
    fields.refuse("fingerprint", "contradicts caFile; give one of them");
  }
  const sshFields = fields.object("ssh");
  return {
    endpoint: readEndpoint(fields),
    token: readReference(fields, "token", rules),
    bulk: fields.flag("bulk"),
    ...(trust.caFile === undefined ? {} : { caFile: trust.caFile }),
    ...(trust.fingerprint === undefined ? {} : { fingerprint: trust.fingerprint }),
    ...(sshFields === undefined ? {} : { ssh: readSsh(sshFields, rules) }),
  };
}

function readEndpoint(fields: FieldReader): string {
  const endpoint = fields.requiredText("endpoint");
  if (endpoint !== "" && !(URL.canParse(endpoint) && new URL(endpoint).protocol === "https:")) {
    fields.refuse(
      "endpoint",
      `must look like https://pve1.example.org:8006, not ${withoutUserInfo(endpoint)}`,
    );
  }
  return endpoint;
}

function readSsh(fields: FieldReader, rules: ReferenceRules): SshSettings {
  fields.only("user", "port", "hostKeys", "key", "nodes");
  const nodes = fields.object("nodes")?.objects() ?? [];
  return {
    user: fields.text("user") ?? "root",
    port: fields.port("port") ?? 22,
    key: readReference(fields, "key", rules),
    hostKeys: fields.texts("hostKeys"),
    nodes: Object.fromEntries(nodes.map(([name, node]) => [name, readNode(node)])),
  };
}

function readNode(fields: FieldReader): NodeSshSettings {
  fields.only("host", "port", "hostKey");
  const port = fields.port("port");
  const hostKey = fields.text("hostKey");
  return {
    host: fields.requiredText("host"),
    ...(port === undefined ? {} : { port }),
    ...(hostKey === undefined ? {} : { hostKey }),
  };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse gives exactly the values that JsonValue names.
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** An endpoint may have been written with a password in it, which no message may repeat. */
function withoutUserInfo(endpoint: string): string {
  return endpoint.replace(/\/\/[^/]*@/, "//…@");
}
