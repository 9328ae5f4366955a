import { PveError } from "../kernel/pve-error.ts";

/** A part of a form before its file. */
export interface FormPart {
  readonly name: string;
  readonly value: string;
}

/** What a part's head says of it. */
export interface PartHead {
  readonly disposition: string;
  readonly name: string;
  /** Only of a file: a part with an empty name is none. */
  readonly filename?: string;
}

/** The fields that an upload may carry beside its file, in the order in which they are looked for. */
const fields = ["content", "checksum-algorithm", "checksum"];

/** A `die` without a line end, which Perl completes (pve-http-server, AnyEvent.pm). */
export function died(what: string, line: number): PveError {
  return new PveError(500, `${what} at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line ${line}.\n`);
}

/** What every upload ends with that nothing was found in (AnyEvent.pm, file_upload_multipart). */
export function uploadFailed(): PveError {
  return died("upload failed", 1370);
}

/** The boundary of a form; quotes count as part of it, as in parse_content_type. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const [kind, ...params] = (contentType ?? "").split(/\s*[;,]\s*/);
  if (kind !== "multipart/form-data") return undefined;
  for (const param of params) {
    const found = /^\s*boundary\s*=\s*(\S+?)\s*$/.exec(param)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads a part's head; undefined when it says nothing of a form. */
export function parsePartHead(text: string): PartHead | undefined {
  const found = /Content-Disposition: ([^\r\n;]*); name="([^"\r\n]*)"(?:; filename="([^"\r\n]+)")?/.exec(
    text,
  );
  if (found === null) return undefined;
  const [, disposition = "", name = "", filename] = found;
  return { disposition, name, ...(filename === undefined ? {} : { filename: filename.trim() }) };
}

/** A part of a form and nothing else. */
export function demandForm({ disposition }: PartHead): void {
  if (disposition === "form-data") return;
  const what = `wrong Content-Disposition '${disposition}' in multipart, expected 'form-data'`;
  throw new PveError(500, `${what}\n`);
}

/**
 * The fields of an upload. Looking for one skips every part before it; parts that are left over hide the file that
 * follows them, so that none is ever found.
 */
export function uploadFields(parts: readonly FormPart[]): Map<string, string> {
  const found = new Map<string, string>();
  let rest = parts;
  for (const name of fields) {
    const at = rest.findIndex((part) => part.name === name);
    if (at < 0) continue;
    found.set(name, rest[at]?.value.trim() ?? "");
    rest = rest.slice(at + 1);
  }
  if (rest.length > 0) throw uploadFailed();
  return found;
}
