/** Texts that mean the same whatever their numbers are. */
const blurred: readonly (readonly [RegExp, string])[] = [
  // As the recorder did with tickets and tokens.
  [/(PVE:[^:\s]+:)[0-9A-F]{8}::[A-Za-z0-9+/]{64,}=*/g, "$1<hex8>::<signature>"],
  [/^.{8}:PVEVNC:/, "<password>:PVEVNC:"],
  [/(PVEVNC:)[0-9A-F]{8}::[A-Za-z0-9+/]{64,}=*/g, "$1<hex8>::<signature>"],
  [/\b[0-9A-F]{8}:[A-Za-z0-9+/]{43}=?(?![\w+/])/g, "<hex8>:<signature>"],
  [/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/g, "<fingerprint>"],
  [/\.tmp\.\d+/g, ".tmp.#"],
  [/(ctime=|snaptime=)\d+/g, "$1#"],
  [/\bpid[ =:]\d+/g, "pid #"],
  [/\b[0-9a-f]{64}\b/g, "<sha256>"],
  [/127\.0\.0\.1:\d+/g, "<loopback>"],
  [/\([\d.]+ [KM]B\/s\)/g, "(<speed>)"],
  [/SHA256:[A-Za-z0-9+/]+/g, "SHA256:#"],
  [/failed to get address info for: (\S+): .*$/gm, "failed to get address info for: $1"],
  [/\d{4}[-_]\d{2}[-_]\d{2}[-_ T]\d{2}[:_]\d{2}[:_]\d{2}/g, "<time>"],
  [/[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}/g, "<time>"],
  [/at \/usr\/share\/perl5\/\S+ line \d+\./g, "at <perl>"],
];

/** A text with what cannot repeat made equal. */
export function blur(text: string): string {
  return blurred.reduce((value, [pattern, replacement]) => value.replace(pattern, replacement), text);
}
