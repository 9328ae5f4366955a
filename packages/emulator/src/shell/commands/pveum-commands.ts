import type { ApiCommand } from "./api-commands.ts";

const user = "/access/users/{userid}";
const token = `${user}/token/{tokenid}`;
const print: NonNullable<ApiCommand["print"]> = ({ output }, answer) => {
  if (answer !== null && answer !== undefined) output.out(`${JSON.stringify(answer, undefined, 3)}\n`);
};

/** The subcommands of `pveum` (pve-access-control 9.1.1, PVE/CLI/pveum.pm); lists are printed as JSON. */
export const pveumCommands: Readonly<Record<string, ApiCommand>> = {
  "user add": { method: "POST", path: "/access/users", positions: ["userid"] },
  "user modify": { method: "PUT", path: user, positions: ["userid"] },
  "user delete": { method: "DELETE", path: user, positions: ["userid"] },
  "user list": { method: "GET", path: "/access/users", positions: [], print },
  "user token add": { method: "POST", path: token, positions: ["userid", "tokenid"], print },
  "user token modify": { method: "PUT", path: token, positions: ["userid", "tokenid"] },
  "user token remove": { method: "DELETE", path: token, positions: ["userid", "tokenid"] },
  "user token list": { method: "GET", path: `${user}/token`, positions: ["userid"], print },
  "group add": { method: "POST", path: "/access/groups", positions: ["groupid"] },
  "group delete": { method: "DELETE", path: "/access/groups/{groupid}", positions: ["groupid"] },
  "role add": { method: "POST", path: "/access/roles", positions: ["roleid"] },
  "role modify": { method: "PUT", path: "/access/roles/{roleid}", positions: ["roleid"] },
  "role delete": { method: "DELETE", path: "/access/roles/{roleid}", positions: ["roleid"] },
  "acl modify": { method: "PUT", path: "/access/acl", positions: ["path"] },
  "acl delete": { method: "PUT", path: "/access/acl", positions: ["path"], fixed: { delete: "1" } },
  "acl list": { method: "GET", path: "/access/acl", positions: [], print },
  "pool add": { method: "POST", path: "/pools", positions: ["poolid"] },
  "pool modify": { method: "PUT", path: "/pools/{poolid}", positions: ["poolid"] },
  "pool delete": { method: "DELETE", path: "/pools/{poolid}", positions: ["poolid"] },
};
