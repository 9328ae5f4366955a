import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { Identity } from "../kernel/identity.ts";
import { badParameters, PveError } from "../kernel/pve-error.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { Params, type ParamValue } from "../schema/params.ts";
import { type RawParams, scalarText, verifyParams } from "../schema/verify.ts";
import type { Call, Method, Upload } from "./call.ts";
import { checkPermission } from "./check-permission.ts";
import { notImplemented } from "./not-implemented.ts";
import { reachNode, Unreachable } from "./reach-node.ts";
import type { Route } from "./route.ts";
import type { Match, Router } from "./router.ts";

/** One request after the door: authenticated, body read. */
export interface ApiRequest {
  readonly method: string;
  /** Decoded, below the format: `/nodes/pve1/qemu`. */
  readonly path: string;
  readonly raw: RawParams;
  readonly identity: Identity | undefined;
  readonly entry: Node;
  readonly upload?: Upload;
}

let requests = 0;

function merge(match: Match, raw: RawParams): Map<string, unknown> {
  const merged = new Map<string, unknown>(match.pathParams);
  for (const [name, value] of raw) {
    const known = merged.get(name);
    if (known !== undefined && known !== scalarText(value)) {
      throw badParameters({
        [name]: "duplicate parameter (already defined in URI) with conflicting values!",
      });
    }
    merged.set(name, value);
  }
  return merged;
}

/** Path parts that a table does not describe are plain texts. */
function tableOf(route: Route, match: Match): ParamTable {
  const missing = [...match.pathParams.keys()].filter((name) => !Object.hasOwn(route.params, name));
  if (missing.length === 0) return route.params;
  const spec = { type: "string" } as const;
  return { ...Object.fromEntries(missing.map((name) => [name, spec])), ...route.params };
}

function unverified(raw: RawParams): Params {
  const texts: [string, ParamValue][] = [];
  for (const [name, value] of raw) {
    if (Array.isArray(value)) texts.push([name, value.map((item) => scalarText(item) ?? "")]);
    else texts.push([name, scalarText(value) ?? ""]);
  }
  return new Params(texts);
}

/** pveproxy hands protected calls to pvedaemon on its own node. */
async function execute(route: Route, call: Call): Promise<unknown> {
  const { latency } = call.cluster;
  if (route.worker !== true) {
    await latency.spend("request", call.node.name, call.signal);
    return route.handle(call);
  }
  if (call.node.stoppedServices.has("pvedaemon")) throw new Unreachable(595, "Connection refused");
  return call.node.workers.run(async () => {
    await latency.spend("worker", call.node.name, call.signal);
    return route.handle(call);
  });
}

/**
 * Runs an API request the way pveproxy and pvedaemon do: find the route, check the permission on the parameters as they
 * came, forward to the node, and only there check them against the schema.
 */
export async function runCall(cluster: Cluster, router: Router, request: ApiRequest): Promise<unknown> {
  const match = router.find(request.method, request.path);
  if (match === undefined) return notImplemented(cluster, request.method, request.path);
  const { route } = match;
  cluster.counters.add(`request:${route.method} ${route.path}`);
  const raw = merge(match, request.raw);
  requests += 1;
  const base = {
    cluster,
    entry: request.entry,
    identity: request.identity ?? { userid: "", authid: "", isRoot: false },
    signal: cluster.stopped,
    requestId: requests,
    // as: only routes of a known method were found.
    method: request.method as Method,
    path: request.path,
    ...(request.upload === undefined ? {} : { upload: request.upload }),
  };
  if (route.ticketOnly === true && base.identity.tokenid !== undefined) {
    const text = `(URI '${request.path}' not available with API token, need proper ticket.\n)`;
    throw new PveError(403, `Permission check failed ${text}`);
  }
  await checkPermission(route.permission, { ...base, node: request.entry, params: unverified(raw) });
  const node =
    route.onNode === true
      ? await reachNode(cluster, request.entry, match.pathParams.get("node") ?? "")
      : request.entry;
  if (request.method !== "GET") await cluster.settleMembership(cluster.stopped);
  const params = verifyParams(tableOf(route, match), raw, route.additional);
  return execute(route, { ...base, node, params });
}
