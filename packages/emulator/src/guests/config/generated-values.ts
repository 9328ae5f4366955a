import type { SeededRandom } from "@coppice/core";

function hex(random: SeededRandom, length: number): string {
  let text = "";
  while (text.length < length) text += random.integer(0, 0xffff).toString(16).padStart(4, "0");
  return text.slice(0, length);
}

/** A random UUID of version 4. */
export function randomUuid(random: SeededRandom): string {
  const digits = hex(random, 32);
  const variant = random.pick(["8", "9", "a", "b"]);
  const tail = `4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${tail}`;
}

/** A random MAC with the cluster's prefix, upper case (`BC:24:11` by default, datacenter.cfg `mac_prefix`). */
export function randomMac(random: SeededRandom, prefix: string): string {
  const digits = hex(random, 12);
  const all = prefix.replaceAll(":", "") + digits;
  return (all.slice(0, 12).match(/../g) ?? []).join(":").toUpperCase();
}
