/**
 * Writes a description line as Proxmox does: everything outside printable ASCII, `%`, `:` and control characters as
 * `%XX` (pve-common, PVE::Tools::encode_text).
 */
export function encodeText(text: string): string {
  let encoded = "";
  for (const byte of Buffer.from(text, "utf8")) {
    const plain = byte > 31 && byte < 127 && byte !== 0x25 && byte !== 0x3a;
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

/** Reads what {@link encodeText} wrote; escapes that are none stay as they are. */
export function decodeText(text: string): string {
  if (!text.includes("%")) return text;
  const bytes: number[] = [];
  const source = Buffer.from(text, "utf8");
  for (let at = 0; at < source.length; at += 1) {
    const code = source[at] === 0x25 ? source.toString("latin1", at + 1, at + 3) : "";
    if (/^[0-9a-f]{2}$/i.test(code)) {
      bytes.push(Number.parseInt(code, 16));
      at += 2;
    } else bytes.push(source[at] ?? 0);
  }
  return Buffer.from(bytes).toString("utf8");
}
