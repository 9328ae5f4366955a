import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { clusterLog } from "../cluster/cluster-log.ts";
import { identityOf } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { commonParams, optional } from "../schema/common-params.ts";
import { type Access, accessOf } from "./access.ts";

/** Which privileges a web interface learns about, by the first part of a path (RPCEnvironment.pm, compute_api_permission). */
const capabilityPatterns: Readonly<Record<string, RegExp>> = {
  vms: /VM\.|Permissions\.Modify/,
  access: /(?:User|Group)\.|Permissions\.Modify/,
  storage: /Datastore\.|Permissions\.Modify/,
  nodes: /Sys\.|Permissions\.Modify/,
  sdn: /SDN\.|Permissions\.Modify/,
  dc: /Sys\.Audit|Sys\.Modify|SDN\./,
  mapping: /Mapping\.|Permissions\.Modify/,
};

const topPaths = ["/", "/access", "/nodes", "/sdn", "/storage", "/vms", "/mapping"];

function capabilities(access: Access, userid: string): Record<string, Record<string, 1>> {
  const found: Record<string, Record<string, 1>> = {};
  for (const area of Object.keys(capabilityPatterns)) found[area] = {};
  const note = (area: string, name: string) => {
    const pattern = capabilityPatterns[area];
    if (pattern?.test(name)) found[area] = { ...found[area], [name]: 1 };
  };
  for (const path of new Set([...topPaths, ...access.config.acl.map((entry) => entry.path)])) {
    const area = path === "/" ? "dc" : (path.split("/")[1] ?? "dc");
    for (const name of access.privileges(identityOf(userid), path).keys()) {
      for (const target of area === "pool" ? ["vms", "storage"] : [area]) note(target, name);
    }
  }
  return found;
}

function failed(): PveError {
  return new PveError(401, "authentication failure");
}

/** The full name `user@realm` of a login, or a failure that never says why. */
function loginName(call: Call): string {
  const username = call.params.text("username");
  const realm = call.params.optionalText("realm");
  const full = realm !== undefined && !username.endsWith(`@${realm}`) ? `${username}@${realm}` : username;
  if (!/^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+$/.test(full)) throw failed();
  return full;
}

function mayLogIn(access: Access, userid: string, password: string, now: number): boolean {
  if (!access.isActive(userid)) return false;
  const renewed = access.tickets.verify(password, now);
  return renewed === userid || renewed === "root@pam" || access.checkPassword(userid, password);
}

async function createTicket(call: Call): Promise<unknown> {
  const { cluster } = call;
  const access = accessOf(cluster);
  const userid = loginName(call);
  const now = cluster.seconds(call.node);
  if (!mayLogIn(access, userid, call.params.text("password"), now)) throw failed();
  noteInLog(call, `successful auth for user '${userid}'`);
  const clustername = cluster.membership?.clusterName;
  const auditor = cluster.allow(identityOf(userid), "/", ["Sys.Audit"]);
  return {
    username: userid,
    ticket: access.tickets.issue(userid, now),
    CSRFPreventionToken: access.tickets.issueCsrf(userid, now),
    cap: capabilities(access, userid),
    ...(clustername !== undefined && auditor ? { clustername } : {}),
  };
}

function changePassword(call: Call): null {
  const { cluster, params, identity } = call;
  const access = accessOf(cluster);
  const userid = params.text("userid");
  if (!access.config.users.has(userid)) throw new PveError(500, `no such user ('${userid}')`);
  if (!identity.isRoot || params.has("confirmation-password")) confirm(access, call);
  access.setPassword(userid, params.text("password"));
  noteInLog(call, `changed password for user '${userid}'`);
  return null;
}

/** Both stand there as root's (recordings, cluster n 150). */
function noteInLog({ cluster, node }: Call, text: string): void {
  clusterLog(cluster).add(node, "root@pam", text);
}

function confirm(access: Access, call: Call): void {
  const confirmation = call.params.optionalText("confirmation-password");
  if (confirmation === undefined) {
    throw new PveError(400, "Parameter verification failed.", {
      "confirmation-password": "password is required to modify user",
    });
  }
  if (!access.checkPassword(call.identity.userid, confirmation)) throw failed();
}

/** Login, password. */
export const ticketRoutes: readonly Route[] = [
  { method: "GET", path: "/access/ticket", params: {}, permission: "world", handle: () => null },
  {
    method: "POST",
    path: "/access/ticket",
    permission: "world",
    worker: true,
    params: {
      username: { type: "string", maxLength: 64 },
      realm: optional(commonParams.realm),
      password: { type: "string" },
      otp: commonParams.text,
      path: { type: "string", optional: true, maxLength: 64, requires: "privs" },
      privs: { type: "string", optional: true, format: "pve-priv-list", maxLength: 64, requires: "path" },
      "new-format": commonParams.flag,
      "tfa-challenge": commonParams.text,
    },
    handle: createTicket,
  },
  {
    method: "PUT",
    path: "/access/password",
    permission: {
      or: ["self", { and: [{ perm: "/access/realm/{userid}", privs: [] }, { userGroup: ["User.Modify"] }] }],
    },
    worker: true,
    ticketOnly: true,
    params: {
      userid: commonParams.userid,
      password: { type: "string", minLength: 8, maxLength: 64 },
      "confirmation-password": { type: "string", minLength: 5, maxLength: 64, optional: true },
    },
    handle: changePassword,
  },
];
