import type { EngineEvent } from "../events/engine-event.ts";

/** Shorter texts occur by chance. */
const shortest = 6;

/** Takes values that must not be told out of a text: the engine knows of those in its state only. */
export function secretsHider(secrets: readonly string[]): (text: string) => string {
  // As they are used, a token's secret alone too, and line by line, as an error quotes a key; the longest first, since one
  // may be the beginning of another.
  const parts = secrets
    .flatMap((secret) => [secret, ...secret.split("\n")])
    .map((part) => part.trim())
    .flatMap((part) => [part, TOKEN.exec(part)?.[1] ?? ""]);
  const known = parts.filter((part) => part.length >= shortest);
  known.sort((a, b) => b.length - a.length);
  return (text) => known.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), hideInUrls(text));
}

/** A token of Proxmox: `user@realm!name=secret`. */
const TOKEN = /^[^\s!=@]+@[^\s!=]+![^\s!=]+=(\S+)$/;

/** Takes credentials out of the URLs in a text: the engine repeats the place of state in full where it cannot reach it. */
export function hideInUrls(text: string): string {
  return text
    .replaceAll(/(\w:\/\/)[^/\s]+@/g, "$1[secret]@")
    .replaceAll(/([?&](?:password|sslpassword)=)[^&\s]+?(?=[&\s]|:\s|$)/gi, "$1[secret]");
}

/** An event whose words for people hold no secret. */
export function withoutSecrets(event: EngineEvent, hide: (text: string) => string): EngineEvent {
  return event.kind === "diagnostic" ? { ...event, text: hide(event.text) } : event;
}
