import { CoppiceError } from "@coppice/core";

/** What an error of the machine means to somebody who starts an emulator; any other error stays as it is. */
export function startFailure(error: unknown): unknown {
  if (!(error instanceof Error) || CoppiceError.is(error)) return error;
  const { code, port, path } = systemParts(error);
  if (port !== undefined && code === "EADDRINUSE") {
    return failed(
      `port ${port} is in use`,
      "Stop what listens there, or choose another port (0 takes any free one)",
      error,
    );
  }
  if (port !== undefined && code === "EACCES") {
    return failed(`port ${port} may not be used`, "Choose one above 1023 (0 takes any free one)", error);
  }
  if (path !== undefined && Object.hasOwn(folderReasons, code)) {
    return failed(`${path} cannot be written: ${folderReasons[code]}`, "Name another folder", error);
  }
  return error;
}

const folderReasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is no folder",
  EEXIST: "there is a file of that name",
  ENOSPC: "no space is left",
  ENOENT: "a part of the path cannot be made",
};

function systemParts(error: Error): { code: string; port: number | undefined; path: string | undefined } {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const port = "port" in error && typeof error.port === "number" ? error.port : undefined;
  const path = "path" in error && typeof error.path === "string" ? error.path : undefined;
  return { code, port, path };
}

function failed(what: string, wayOut: string, cause: Error): CoppiceError {
  return new CoppiceError("emulator.start", { what, wayOut, cause });
}
