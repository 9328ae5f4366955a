const hidden = "***";

/** Secrets shorter than this are not searched for: they would blank out ordinary words. */
const shortest = 4;

/** Replaces every occurrence of a secret, plain or percent-encoded, in a text that people will read. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [secret, encodeURIComponent(secret)]);
  // Longest first: a token's full text contains its shorter parts.
  return forms
    .sort((a, b) => b.length - a.length)
    .reduce((result, form) => result.replaceAll(form, hidden), text);
}
