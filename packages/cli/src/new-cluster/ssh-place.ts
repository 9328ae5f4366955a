/** Where a node's SSH server is. A type, since an interface is no YAML value. */
export type Place = { readonly host: string; readonly port?: number };

/**
 * `host`, `host:port` or `[v6]:port`; an address of version 6 alone has colons of its own.
 *
 * @example placeOf("127.0.0.1:2222") // { host: "127.0.0.1", port: 2222 }
 */
export function placeOf(text: string): Place {
  const [, host, port] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(text) ?? [];
  if (host === undefined || (host.includes(":") && !text.startsWith("["))) return { host: text };
  return { host, port: Number(port) };
}
