import type { PveErrorCode } from "./pve-error.ts";

/**
 * Proxmox tells its errors apart by text alone: nearly everything but schema and permission errors
 * is status 500 (docs/proxmox-facts.md#nearly-everything-is-500). The first match decides, so
 * the narrow sentences stand above the wide ones.
 */
const sentences: readonly (readonly [RegExp, PveErrorCode])[] = [
  [/no quorum/i, "pve.no-quorum"],
  // pmxcfs turns read-only without quorum; the open of the temporary file is what fails (9.2, 8.4).
  [/unable to open file '\/etc\/pve\/.*' - Permission denied/, "pve.no-quorum"],
  [/No space left on device|Disk quota exceeded|out of space|insufficient free space/i, "pve.no-space"],
  [/got no worker upid/, "pve.no-worker"],
  [/can't lock file .* got timeout|got lock request timeout/, "pve.lock-timeout"],
  [/has pending changes/, "pve.wrong-state"],
  [/(VM|CT) is locked \(/, "pve.locked"],
  [/still in use|is not empty|used in HA resources|is used by/, "pve.in-use"],
  [
    /already exists|already defined|refusing to override existing file|already a pool member/,
    "pve.already-exists",
  ],
  // Two nodes writing one new guest at once: the second rename fails (9.2, multinode recording).
  [/close \(rename\) atomic file .*File exists/, "pve.already-exists"],
  [/protection mode enabled/, "pve.protected"],
  [/checksum mismatch \(file change|detected modified configuration/, "pve.modified"],
  [/only root can set/, "pve.root-only"],
  [/QEMU guest agent/, "pve.guest-agent"],
  [
    /is not available on node|is disabled|is not online|not HA managed|migrated to rules/,
    "pve.not-available",
  ],
  [/binary not installed|no spice port|not in a cluster/, "pve.not-available"],
  [/hostname lookup|no such cluster node|unknown node|non-existent node/, "pve.not-found"],
  [
    /(does not|doesn't) exist|no such |unable to find configuration file|no rule at position/,
    "pve.not-found",
  ],
  [/volume_size_info on .* failed - no format/, "pve.not-found"],
  [
    /already running|not running|is running|without --online|if VM is running|exited with code/,
    "pve.wrong-state",
  ],
  [/can't (take|start|convert) .*template|can't clone|can't move to the same storage/, "pve.unsupported"],
  [
    /feature is not supported|shrinking disks is not supported|cannot be (deleted|modified)/,
    "pve.unsupported",
  ],
  [
    /only backups can have notes|vcpus allowed per VM|without shared storage|can't (un)?plug/,
    "pve.unsupported",
  ],
  [
    /Parameter verification failed|missing value for required option|no options specified/,
    "pve.bad-parameter",
  ],
  [/is invalid\.|cannot lookup undefined type|checksum mismatch: got/, "pve.bad-parameter"],
  [/got timeout|timed out|Timeout while waiting/i, "pve.timeout"],
  [/authentication failure|fingerprint '.*' not verified/, "pve.unauthorized"],
  [/Permission check failed/, "pve.forbidden"],
  [/malformed JSON string.*AnyEvent\.pm/, "pve.bad-request"],
  [/download failed|command '.*' failed/, "pve.task-failed"],
];

/** The code for a message of Proxmox (a reason phrase or a task's exit status), where its sentence is known. */
export function classifyMessage(message: string): PveErrorCode | undefined {
  return sentences.find(([pattern]) => pattern.test(message))?.[1];
}
