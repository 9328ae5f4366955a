/** Decodes `%xx` as Perl's uri_unescape does: what is no escape stays as it is. Bytes are read as UTF-8. */
export function unescapeUri(text: string): string {
  if (!text.includes("%")) return text;
  const bytes = Buffer.from(text, "utf8");
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const hex = byte === 0x25 ? bytes.toString("latin1", at + 1, at + 3) : "";
    if (/^[0-9a-fA-F]{2}$/.test(hex)) {
      out.push(Number.parseInt(hex, 16));
      at += 2;
    } else out.push(byte);
  }
  return Buffer.from(out).toString("utf8");
}

/** Reads `a=1&b=2`; a repeated key becomes an array. `_dc` (a cache breaker of browsers) is dropped. */
export function parseForm(text: string): Map<string, string | string[]> {
  const found = new Map<string, string | string[]>();
  for (const pair of text.split(/[&;]/)) {
    if (pair === "") continue;
    const cut = pair.indexOf("=");
    const decode = (part: string) => unescapeUri(part.replaceAll("+", " "));
    const key = decode(cut < 0 ? pair : pair.slice(0, cut));
    const value = cut < 0 ? "" : decode(pair.slice(cut + 1));
    if (key === "_dc") continue;
    const known = found.get(key);
    if (known === undefined) found.set(key, value);
    else if (typeof known === "string") found.set(key, [known, value]);
    else known.push(value);
  }
  return found;
}
