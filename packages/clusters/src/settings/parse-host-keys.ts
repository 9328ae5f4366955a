/** The host keys of nodes, and every line that tells none. */
export interface HostKeys {
  readonly keys: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** Reads lines as in a known_hosts file, `pve1 ssh-ed25519 AAAA…`; empty ones and comments are none. */
export function parseHostKeys(text: string): HostKeys {
  const lines = text.split("\n").map((line, index) => ({ line: line.trim(), place: index + 1 }));
  const told = lines
    .filter(({ line }) => line !== "" && !line.startsWith("#"))
    .map(({ line, place }) => ({ place, match: /^(\S+)\s+(\S.*)$/.exec(line) }));
  return {
    keys: Object.fromEntries(told.flatMap(({ match }) => (match === null ? [] : [keyOf(match)]))),
    // Whatever it is, it may be a key of another sort: it is not repeated.
    problems: told.flatMap(({ match, place }) =>
      match === null ? [`has no host key in line ${place}; write it like pve1 ssh-ed25519 AAAA…`] : [],
    ),
  };
}

function keyOf([, node = "", key = ""]: RegExpExecArray): readonly [string, string] {
  return [node, key];
}
