/**
 * Why a file cannot be read, in words, from what the system said.
 *
 * @example fileReason(error) // "it does not exist"
 */
export function fileReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (code || error.message);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this account has no right to it",
  EISDIR: "it is a folder",
  ELOOP: "links of its path lead in a circle",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is a file",
};
