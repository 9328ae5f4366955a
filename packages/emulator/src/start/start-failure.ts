import { CoppiceError, fileReason, isFileError } from "@coppice/core";

/** What an error of the machine means to somebody who starts an emulator; any other error stays as it is. */
export function startFailure(error: unknown): unknown {
  if (!(error instanceof Error) || CoppiceError.is(error)) return error;
  const { code, port } = systemParts(error);
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
  if (isFileError(error)) {
    return failed(`${error.path} cannot be written: ${fileReason(error)}`, "Name another folder", error);
  }
  return error;
}

function systemParts(error: Error): { code: string; port: number | undefined } {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const port = "port" in error && typeof error.port === "number" ? error.port : undefined;
  return { code, port };
}

function failed(what: string, wayOut: string, cause: Error): CoppiceError {
  return new CoppiceError("emulator.start", { what, wayOut, cause });
}
