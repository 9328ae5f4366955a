import { readFileSync } from "node:fs";

/** An account by its numbers, as processes have it. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account that runs PostgreSQL for root, since PostgreSQL refuses to be root: a number of its own without a name, from
 * those that systemd's list of numbers calls unused (60578 to 61183), so that nobody else can read the data.
 */
const own: Account = { uid: 61_000, gid: 61_000 };

/** Who runs the server when it is not ourselves. */
export function serverAccount(): Account | undefined {
  return process.getuid?.() === 0 ? own : undefined;
}

/** Who runs `initdb` for root: it wants an account with a name, which the server itself does not. */
export function namedAccount(passwd = readFileSync("/etc/passwd", "utf8")): Account {
  const lines = passwd.split("\n").map((line) => line.split(":"));
  const ordinary = lines.filter(([, , uid]) => Number(uid) > 0);
  const [, , uid, gid] = ordinary.find(([name]) => name === "nobody") ?? ordinary[0] ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
