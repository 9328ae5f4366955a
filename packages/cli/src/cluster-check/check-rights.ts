import {
  bridgePaths,
  isHeld,
  type Need,
  needsOf,
  poolOfCreation,
  rightsText,
  type Work,
} from "@coppice/clusters";
import type { Permissions } from "@coppice/pve";
import type { CheckScope } from "./check-scope.ts";
import type { Finding } from "./finding.ts";

/** All that a class may do. Only a template without a cloud-init drive needs the rights of "cloud-init drive". */
const WORKS: readonly Work[] = [
  "create",
  "clone",
  "start",
  "stop",
  "change",
  "reset",
  "undo",
  "remove",
  "free",
  "quorum",
  "data disk",
  "generation",
  "publish",
  "drop data disk",
  "spread",
];

/**
 * Compares what a token may do with what a class needs.
 *
 * @example checkRights(permissions, { storage: "nas", bridge: "vmbr0" })
 */
export function checkRights(permissions: Permissions, scope: CheckScope): Finding[] {
  const { pool, template, storage, bridge } = scope;
  const works = new Set(WORKS);
  // Machines that are born in their pool need not be added to it.
  if (pool !== undefined && !endsAtPool(permissions, scope)) works.add("join pool");
  if (scope.isLocal === true) works.add("move copy");
  const needs = needsOf(works, {
    pool,
    ...(storage === undefined ? {} : { storage }),
    networks: [bridgePaths(bridge, permissions)],
    templates: template === undefined ? [] : [template],
  });
  return needs.map((need) => judge(permissions, need));
}

/** Whether the token's rights on machines do not reach all of them: then machines are made as members of the pool. */
export function endsAtPool(permissions: Permissions, { pool }: CheckScope): boolean {
  return poolOfCreation(pool, permissions) !== undefined;
}

/** Where another right does as well, the one of the line itself is looked at: it is the one that shows more. */
function judge(permissions: Permissions, { row, rights }: Need): Finding {
  const own = rights.filter(({ privilege }) => privilege === row.privilege);
  const held = own.find((right) => isHeld(permissions, right));
  if (held !== undefined) return { state: "ok", what: rightsText([held]) };
  const state = row.vital ? "missing" : "limited";
  return { state, what: rightsText(own), disables: row.without, granted: true };
}
