import { PveError } from "../errors/pve-error.ts";

/**
 * Reads an endpoint as people write it: `pve1.example.org`, `192.0.2.1:8006`, `https://pve1:8006/`.
 * The port is 8006 unless named; only HTTPS exists.
 */
export function parseEndpoint(endpoint: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.protocol !== "https:" || url.username || url.password) throw badEndpoint(url);
  // The URL class drops a named :443 as the default, so the text decides.
  if (url.port === "" && !/^https:\/\/[^/]*:443(\/|$)/i.test(text)) url.port = "8006";
  return new URL(url.origin);
}

function badEndpoint(url: URL | undefined): PveError {
  const why = !url
    ? "it is not a URL"
    : url.protocol === "https:"
      ? "it holds a user name or password"
      : "it is not https";
  // The endpoint itself is not repeated: it may hold a password.
  return new PveError("pve.settings", {
    what: "The endpoint cannot be used",
    why,
    wayOut: "Write it as https://<node>:8006",
  });
}
