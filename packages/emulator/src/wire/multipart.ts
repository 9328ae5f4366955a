import { mkdir, open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Upload } from "../api/call.ts";
import { BodyReader } from "./body-reader.ts";
import {
  demandForm,
  died,
  type FormPart,
  type PartHead,
  parsePartHead,
  uploadFailed,
  uploadFields,
} from "./multipart-text.ts";

/** The fields of an upload and its one file. */
export interface Multipart {
  readonly fields: ReadonlyMap<string, string>;
  readonly upload: Upload;
}

const headEnd = Buffer.from("\r\n\r\n");
let uploads = 0;

async function storeFile(
  reader: BodyReader,
  boundary: string,
  path: string,
  filename: string,
): Promise<Upload> {
  const file = await open(path, "wx", 0o600);
  try {
    let size = 0;
    const isWhole = await reader.pour(Buffer.from(`--${boundary}--`), async (piece) => {
      await file.writeFile(piece);
      size += piece.length;
    });
    if (!isWhole) throw uploadFailed();
    return { path, filename, size };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** The parts before the file, and the file's own head. */
async function readParts(
  reader: BodyReader,
  boundary: string,
): Promise<{ parts: FormPart[]; head: PartHead }> {
  const delimiter = Buffer.from(`--${boundary}\r\n`);
  if ((await reader.until(delimiter)) === undefined) throw uploadFailed();
  const parts: FormPart[] = [];
  for (;;) {
    const text = await reader.until(headEnd);
    const head = text === undefined ? undefined : parsePartHead(text.toString("utf8"));
    if (head === undefined) throw uploadFailed();
    demandForm(head);
    if (head.filename !== undefined) return { parts, head };
    const value = await reader.until(delimiter);
    if (value === undefined) throw uploadFailed();
    parts.push({ name: head.name, value: value.toString("utf8") });
  }
}

/**
 * Reads an upload as pveproxy does (pve-http-server, AnyEvent.pm file_upload_multipart): its fields, then its one file,
 * into `folder`; what follows the file is not looked at.
 */
export async function readMultipart(
  request: IncomingMessage,
  boundary: string,
  folder: string,
): Promise<Multipart> {
  const reader = new BodyReader(request);
  const { parts, head } = await readParts(reader, boundary);
  const fields = uploadFields(parts);
  if (head.name !== "filename")
    throw died(`wrong field name '${head.name}' for file upload, expected 'filename'`, 1325);
  await mkdir(folder, { recursive: true });
  uploads += 1;
  const path = join(folder, `pveupload-${process.pid}-${uploads}`);
  const upload = await storeFile(reader, boundary, path, head.filename ?? "");
  request.resume();
  return { fields, upload };
}
