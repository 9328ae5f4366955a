import {
  ownComment,
  plainComment,
  type SteppedWork,
  step,
  withLimits,
  withoutLimits,
} from "@coppice/clusters";
import { readLimits, type TenantPoolState } from "@coppice/core";
import {
  addToRole,
  changeRight,
  createGroup,
  createPool,
  createRole,
  createToken,
  createUser,
  deleteToken,
  joinGroup,
  type PveCaller,
  PveError,
  setGroups,
  setTokenComment,
  updatePool,
} from "@coppice/pve";
import type { TenantWish } from "./assert-tenant.ts";
import type { SeenTenant } from "./look-at-tenant.ts";
import { hasToken, type TenantPlan } from "./plan-tenant.ts";
import { tokenComment } from "./token-comment.ts";

/** One making or change of a tenant. */
export interface TenantRun extends SteppedWork, TenantWish {
  readonly client: PveCaller;
  readonly seen: SeenTenant;
  readonly plan: TenantPlan;
}

/**
 * Does what is planned, each step by itself: whatever breaks off, the next run finds what is there and goes on. Limits are
 * set before anybody may use the pool.
 */
export async function makeTenant(run: TenantRun): Promise<TenantPoolState> {
  await makeRoles(run);
  await setLimits(run);
  await makeGroup(run);
  await changeRights(run);
  await changeMembers(run);
  const tokenSecret = await makeToken(run);
  const { inputs, seen } = run;
  return { ...inputs, pool: seen.names.pool, tokenId: seen.names.tokenId, tokenSecret };
}

async function makeRoles(run: TenantRun): Promise<void> {
  const { client, plan } = run;
  for (const role of plan.makeRoles)
    await step(run, `role ${role.roleid}`, async () => {
      try {
        await createRole(client, role);
      } catch (error) {
        // Another tenant that is made at the same time made it.
        if (!PveError.is(error, "pve.already-exists")) throw error;
        await addToRole(client, role);
      }
    });
  for (const role of plan.widenRoles)
    await step(run, `widen role ${role.roleid}`, () => addToRole(client, role));
}

async function setLimits(run: TenantRun): Promise<void> {
  const { client, seen, inputs, urn } = run;
  const poolid = seen.names.pool;
  const there = seen.pool?.comment;
  const said = there === undefined ? `Tenant ${poolid}` : plainComment(withoutLimits(there));
  const limited = withLimits(said, poolid, readLimits(inputs.limits));
  const comment = ownComment(limited, { urn, id: poolid });
  if (there === comment) return;
  await step(run, `pool ${poolid}`, () =>
    seen.pool === undefined
      ? createPool(client, { poolid, comment })
      : updatePool(client, { poolid, comment }),
  );
}

async function makeGroup(run: TenantRun): Promise<void> {
  const { client, seen, plan, urn } = run;
  const { group, user } = seen.names;
  const commentOf = (id: string) => ownComment(`Tenant ${seen.names.pool}`, { urn, id });
  if (plan.makeGroup)
    await step(run, `group ${group}`, () =>
      createGroup(client, { groupid: group, comment: commentOf(group) }),
    );
  if (plan.user === "make")
    await step(run, `user ${user}`, () =>
      createUser(client, { userid: user, comment: commentOf(user), groups: [group] }),
    );
  // A group that was made anew has nobody in it.
  else if (plan.user === "join" || plan.makeGroup)
    await step(run, `user ${user}`, () => setGroups(client, { userid: user, groups: [group] }));
}

async function changeRights(run: TenantRun): Promise<void> {
  const { client, plan } = run;
  for (const right of plan.revoke)
    await step(run, `revoke ${right.path}`, () => changeRight(client, right, "revoke"));
  for (const right of plan.grant)
    await step(run, `grant ${right.path}`, () => changeRight(client, right, "grant"));
}

async function changeMembers(run: TenantRun): Promise<void> {
  const { client, seen, plan } = run;
  for (const member of plan.leave) await step(run, `leave ${member.userid}`, () => setGroups(client, member));
  for (const userid of plan.join)
    await step(run, `join ${userid}`, () => joinGroup(client, { userid, group: seen.names.group }));
}

/** A token whose secret nobody wrote down, as after a run that broke off behind its making, or another one, is made anew. */
async function makeToken(run: TenantRun): Promise<string> {
  const { client, seen, plan, recorded } = run;
  const { token, tokenId, pool } = seen.names;
  if (recorded !== undefined && !plan.makeToken) return recorded.tokenSecret;
  if (hasToken(seen)) await step(run, `forget ${tokenId}`, () => deleteToken(client, token));
  const settings = { privsep: false, expire: 0, comment: tokenComment(pool) };
  const secret = await step(run, `token ${tokenId}`, () => createToken(client, token, settings));
  await step(run, `mark ${tokenId}`, () => setTokenComment(client, token, tokenComment(pool, secret)));
  return secret;
}
