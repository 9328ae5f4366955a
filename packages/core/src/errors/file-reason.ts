/**
 * Why a file cannot be read or written, in words, from what the system said.
 *
 * @example fileReason(error) // "it does not exist"
 */
export function fileReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (code || error.message);
}

/** Whether an error is the system's about a file, with a reason that has words. */
export function isFileError(
  error: unknown,
): error is Error & { readonly code: string; readonly path: string } {
  if (!(error instanceof Error && "code" in error && "path" in error)) return false;
  return typeof error.path === "string" && Object.hasOwn(REASONS, String(error.code));
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this account has no right to it",
  EDQUOT: "this account's share of the disk is used up",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a folder",
  ELOOP: "links of its path lead in a circle",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
  ENOENT: "it does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is a file",
  EPERM: "this account has no right to it",
  EROFS: "its file system can only be read",
};
