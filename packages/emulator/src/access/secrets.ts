import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ClusterFiles } from "../cluster/cluster-files.ts";

/** Lines `name<separator>secret` of a file that only the cluster's own code reads. */
export class SecretFile {
  readonly #files: ClusterFiles;
  readonly #path: string;
  readonly #separator: string;

  constructor(files: ClusterFiles, path: string, separator: string) {
    this.#files = files;
    this.#path = path;
    this.#separator = separator;
  }

  get(name: string): string | undefined {
    return this.#all().get(name);
  }

  /** Sets a secret, or removes it when undefined. */
  set(name: string, secret: string | undefined): void {
    const all = this.#all();
    if (secret === undefined) all.delete(name);
    else all.set(name, secret);
    const lines = [...all].map(([key, value]) => `${key}${this.#separator}${value}\n`);
    this.#files.write(this.#path, lines.join(""));
  }

  #all(): Map<string, string> {
    const found = new Map<string, string>();
    for (const line of (this.#files.read(this.#path) ?? "").split("\n")) {
      const cut = line.indexOf(this.#separator);
      if (cut > 0) found.set(line.slice(0, cut), line.slice(cut + this.#separator.length));
    }
    return found;
  }
}

/** A salted hash of a password. Not crypt(3): nothing outside reads priv/shadow.cfg. */
export function hashPassword(password: string): string {
  const salt = randomBytes(8).toString("hex");
  return `$5$${salt}$${digest(salt, password)}`;
}

/** True when the password belongs to the hash. */
export function matchesHash(password: string, hash: string): boolean {
  const [, , salt = "", wanted = ""] = hash.split("$");
  const found = Buffer.from(digest(salt, password));
  const known = Buffer.from(wanted);
  return found.length === known.length && timingSafeEqual(found, known);
}

function digest(salt: string, password: string): string {
  return createHash("sha256").update(`${salt}:${password}`).digest("base64url");
}
