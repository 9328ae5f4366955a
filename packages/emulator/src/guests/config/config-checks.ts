import { die } from "../../kernel/pve-error.ts";
import type { GuestConfig } from "./guest-config.ts";

export function checkProtection(config: GuestConfig, complaint: string): void {
  if (config.values["protection"] === "1") die(`${complaint} - protection mode enabled`);
}

/** Refuses a configuration that was changed since the caller read it. */
export function checkDigest(config: GuestConfig, digest: string | undefined): void {
  if (digest !== undefined && digest !== "" && digest !== config.digest) {
    die("checksum mismatch (file change by other user?)");
  }
}

export function isTemplate(config: GuestConfig): boolean {
  return config.values["template"] === "1";
}
