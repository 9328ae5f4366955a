import type { IncomingMessage } from "node:http";
import { type Access, accessOf } from "../access/access.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { Identity } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { unescapeUri } from "./uri-text.ts";

/** Open to everybody (pve-manager, PVE/HTTPServer.pm). */
const open: readonly (readonly [string, string])[] = [
  ["GET", "/access/domains"],
  ["GET", "/access/ticket"],
  ["POST", "/access/ticket"],
  ["POST", "/access/vncticket"],
  ["POST", "/access/openid/login"],
  ["POST", "/access/openid/auth-url"],
];

function cookieTicket(request: IncomingMessage): string | undefined {
  const match = /(?:^|\s|;)PVEAuthCookie=([^;]*)/.exec(request.headers.cookie ?? "");
  return match?.[1] === undefined ? undefined : unescapeUri(match[1]);
}

function headerCredential(request: IncomingMessage, word: string): string | undefined {
  const match = new RegExp(`^${word}[= ](.*)$`).exec(request.headers.authorization ?? "");
  return match?.[1] === undefined ? undefined : unescapeUri(match[1]);
}

function needsCsrf(request: IncomingMessage, path: string): boolean {
  return request.method !== "GET" && !/\/storage\/[^/]+\/upload$/.test(path);
}

function checkCsrf(request: IncomingMessage, access: Access, userid: string, now: number): void {
  const token = request.headers["csrfpreventiontoken"];
  if (typeof token === "string" && access.tickets.verifyCsrf(userid, token, now)) return;
  throw new PveError(401, "Permission denied - invalid csrf token");
}

/** What a request is checked against: the cluster's accounts and the clock of the node that was asked. */
export interface Gate {
  readonly cluster: Cluster;
  readonly node: Node;
}

/** Who sends this request; undefined on an open path without credentials. Throws 401. */
export function authenticate(
  { cluster, node }: Gate,
  request: IncomingMessage,
  path: string,
): Identity | undefined {
  const access = accessOf(cluster);
  const now = cluster.seconds(node);
  const isOpen = open.some(
    ([method, known]) => method === request.method && known === path.replace(/\/+$/, ""),
  );
  const ticket = cookieTicket(request) ?? headerCredential(request, "PVEAuthCookie");
  const token = ticket === undefined ? headerCredential(request, "PVEAPIToken") : undefined;
  if (isOpen && token === undefined) return undefined;
  if (token !== undefined) {
    const identity = access.tokenIdentity(token);
    if (identity === undefined) throw new PveError(401, "Authentication failed!");
    return identity;
  }
  if (ticket === undefined || ticket === "") throw new PveError(401, "No ticket");
  const identity = access.ticketIdentity(ticket, now);
  if (identity === undefined) throw new PveError(401, "Authentication failed!");
  if (needsCsrf(request, path)) checkCsrf(request, access, identity.userid, now);
  return identity;
}
