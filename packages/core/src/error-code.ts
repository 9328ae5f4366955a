/** Who can do something about an error: the person who asked, who runs the installation, or we. */
export type ErrorAudience = "user" | "operator" | "bug";

/**
 * Every error code with its audience. A code is `domain.reason` and never changes once released:
 * callers compare it, documents link to it. Sorted by name; add a line here to add a code.
 */
const audienceByCode = {
  "clock.invalid": "bug",
  "demo.failed": "operator",
  "emulator.control": "user",
  "emulator.fault-rule": "user",
  "emulator.namespace": "operator",
  "emulator.program": "operator",
  "emulator.seed": "user",
  "emulator.start": "operator",
  "generation.changed": "user",
  "generation.no-source": "user",
  "generation.rights": "operator",
  "generation.source-running": "user",
  "money.currency-mismatch": "bug",
  "money.invalid": "user",
  "money.overflow": "bug",
  "name.invalid": "user",
  "pool.broken-clone": "operator",
  "pool.bulk-off": "operator",
  "pool.leftovers": "operator",
  "pool.no-former": "user",
  "pool.no-node": "operator",
  "pool.no-pool": "user",
  "pool.no-ssh": "operator",
  "pool.node-program": "operator",
  "pool.range-too-small": "user",
  "pool.rights": "operator",
  "pool.root-only-option": "operator",
  "pool.space": "operator",
  "pool.storage": "operator",
  "pool.untouched-unknown": "user",
  "pool.unreadable": "operator",
  "provider.config": "operator",
  "provider.interrupted": "user",
  "provider.no-cluster": "operator",
  "provider.not-configured": "bug",
  "provider.not-found": "user",
  "provider.unknown-resource": "bug",
  "pve.aborted": "user",
  "pve.already-exists": "user",
  "pve.bad-parameter": "user",
  "pve.bad-request": "bug",
  "pve.bad-response": "bug",
  "pve.certificate-mismatch": "operator",
  "pve.certificate-rejected": "operator",
  "pve.connection": "operator",
  "pve.failed": "operator",
  "pve.forbidden": "operator",
  "pve.guest-agent": "user",
  "pve.in-use": "user",
  "pve.invalid-path": "bug",
  "pve.leftover": "operator",
  "pve.lock-timeout": "user",
  "pve.locked": "user",
  "pve.modified": "user",
  "pve.no-quorum": "operator",
  "pve.no-worker": "user",
  "pve.node-unreachable": "operator",
  "pve.not-available": "operator",
  "pve.not-found": "user",
  "pve.not-implemented": "bug",
  "pve.protected": "user",
  "pve.root-only": "operator",
  "pve.settings": "operator",
  "pve.storage": "operator",
  "pve.task-failed": "user",
  "pve.timeout": "operator",
  "pve.unauthorized": "operator",
  "pve.unsupported": "user",
  "pve.wrong-state": "user",
  "random.invalid": "bug",
  "secret.unavailable": "operator",
  "ssh.aborted": "user",
  "ssh.authentication": "operator",
  "ssh.channel": "operator",
  "ssh.connection": "operator",
  "ssh.host-key": "operator",
  "ssh.interrupted": "operator",
  "ssh.script-failed": "operator",
  "ssh.timeout": "operator",
  "ssh.unquotable": "bug",
  "template.folder": "user",
  "template.unknown": "user",
  "unit.invalid": "user",
  "vmid.invalid": "user",
} as const satisfies Readonly<Record<string, ErrorAudience>>;

/** The union of all error codes, for example `"unit.invalid"`. */
export type ErrorCode = keyof typeof audienceByCode;

/** Every code with its audience, sorted by code. */
export const errorAudiences: Readonly<Record<ErrorCode, ErrorAudience>> = audienceByCode;

/** Whom an error with this code is for. */
export function audienceOf(code: ErrorCode): ErrorAudience {
  return audienceByCode[code];
}
