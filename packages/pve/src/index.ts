export { type AclEntry, changeRight, grantToToken, listAcl, type Right } from "./api/acl.ts";
export { type CloneParams, cloneGuest } from "./api/clone-guest.ts";
export {
  type GuestResource,
  isVmidFree,
  listGuestResources,
  nextVmid,
  type PveVersion,
  readMacPrefix,
  readVersion,
} from "./api/cluster.ts";
export { copyDisk, type DiskCopy } from "./api/copy-disk.ts";
export { type CreateGuest, createGuest } from "./api/create-guest.ts";
export { type DeleteOptions, deleteGuest } from "./api/delete-guest.ts";
export { ensureQuorum } from "./api/ensure-quorum.ts";
export { createGroup, deleteGroup, type Group, listGroups } from "./api/groups.ts";
export { readGuestAddresses } from "./api/guest-addresses.ts";
export { type GuestConfig, parseGuestConfig, parseTags } from "./api/guest-config.ts";
export {
  convertToTemplate,
  type GuestStatus,
  type GuestSummary,
  listGuests,
  putGuestConfig,
  readGuestConfig,
  readGuestStatus,
} from "./api/guests.ts";
export { migrateGuest } from "./api/migrate-guest.ts";
export { type DiskMove, moveDisk } from "./api/move-disk.ts";
export { type NamedNumbers, readNamedNumbers } from "./api/named-numbers.ts";
export { readNodeAddresses } from "./api/node-addresses.ts";
export { listBridges, listNodes, type NodeSummary, readNodeVersion } from "./api/nodes.ts";
export { holdsRight, holdsRightBelow, type Permissions, readPermissions } from "./api/permissions.ts";
export {
  createPool,
  deletePool,
  listPools,
  type Pool,
  type PoolChange,
  readPool,
  updatePool,
} from "./api/pools.ts";
export { type PowerOptions, type PowerVerb, powerGuest, startGuest } from "./api/power-guest.ts";
export { type ClusterResources, listResources } from "./api/resources.ts";
export { addToRole, createRole, deleteRole, listRoles, type Role } from "./api/roles.ts";
export {
  createSnapshot,
  deleteSnapshot,
  listSnapshots,
  rollbackSnapshot,
  type Snapshot,
} from "./api/snapshots.ts";
export {
  deleteVolume,
  listStorageResources,
  listVolumes,
  readStorageStatus,
  type StorageResource,
  type StorageStatus,
  type Volume,
} from "./api/storage.ts";
export { type ActiveTask, listActiveTasks } from "./api/tasks.ts";
export {
  createToken,
  deleteToken,
  readToken,
  setTokenComment,
  type TokenName,
  type TokenSettings,
} from "./api/tokens.ts";
export { createUser, deleteUser, joinGroup, listUsers, setGroups, type User } from "./api/users.ts";
export { listVnets } from "./api/vnets.ts";
export { isDown, isHaManaged } from "./api/wait-for-ha.ts";
export type { Credentials } from "./credentials/credentials.ts";
export { resolveSecret, type SecretReference } from "./credentials/secret-reference.ts";
export { PveError, type PveErrorCode } from "./errors/pve-error.ts";
export {
  flag,
  list,
  nothing,
  number,
  optional,
  type Parser,
  record,
  ShapeError,
  shape,
  text,
} from "./parse/parser.ts";
export { type CallOptions, PveClient, type PveClientSettings, type PveLimits } from "./pve-client.ts";
export type { Params, ParamValue } from "./rest/encode-params.ts";
export type { PathValues } from "./rest/fill-path.ts";
export { type FirstContact, firstContact } from "./rest/first-contact.ts";
export type { PveCall, PveCaller, PveMethod } from "./rest/pve-caller.ts";
export type { TlsTrust } from "./rest/tls-trust.ts";
export { assertQuorate } from "./retry/assert-quorate.ts";
export { type GuestPlace, inspectVmid, type VmidState } from "./retry/inspect-vmid.ts";
export { isMissingGuest } from "./retry/is-missing-guest.ts";
export { removeLeftover, type Unlock } from "./retry/remove-leftover.ts";
export { type Reread, type RereadState, repeatAfterReread } from "./retry/repeat-after-reread.ts";
export { startTask } from "./retry/start-task.ts";
export { firstSshContact } from "./ssh/first-ssh-contact.ts";
export type { HostKey } from "./ssh/host-key.ts";
export { quoteShell } from "./ssh/quote-shell.ts";
export { removeLeftoverOverSsh } from "./ssh/remove-leftover-over-ssh.ts";
export type { SshAuth } from "./ssh/ssh-auth.ts";
export { SshError, type SshErrorCode } from "./ssh/ssh-error.ts";
export { type RunOptions, SshNode } from "./ssh/ssh-node.ts";
export type { SshNodeSettings } from "./ssh/ssh-settings.ts";
export { unlockOverSsh } from "./ssh/unlock-over-ssh.ts";
export type { TaskCall } from "./tasks/run-task.ts";
export { parseUpid, type Upid } from "./tasks/upid.ts";
export { type TaskResult, type WaitOptions, waitForTask } from "./tasks/wait-for-task.ts";
