import { randomBytes, scryptSync } from "node:crypto";

/**
 * A stored form of a password that looks like the SHA-crypt of a genuine node. The digest is scrypt's: nothing here logs
 * in with it, and the plain password must not lie in a file.
 */
export function hashPassword(password: string): string {
  const salt = randomBytes(6).toString("hex").slice(0, 8);
  const digest = scryptSync(password, salt, 32, { N: 1024 }).toString("base64url");
  return `$5$${salt}$${digest}`;
}
