import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { die } from "../../kernel/pve-error.ts";
import type { TaskRun } from "../../tasks/task-run.ts";
import { type Place, realPath } from "../catalog/place.ts";
import { type Checksum, requireChecksum, requireTrusted } from "./check-file.ts";
import type { IncomingKind } from "./file-target.ts";
import { askLoopback, isLoopback } from "./loopback-fetch.ts";

export interface Download {
  readonly place: Place;
  readonly url: string;
  readonly kind: IncomingKind;
  /** Where it goes, as the node sees it. */
  readonly target: string;
  readonly checksum?: Checksum;
}

/** Fetches a file as the node's wget does, with its lines (pve-common, PVE/Tools.pm download_file_from_url). */
export async function downloadFile(download: Download, task: TaskRun): Promise<void> {
  const { place, url, target } = download;
  task.log(`downloading ${url} to ${target}`);
  const real = realPath(place, target);
  if (existsSync(real)) die(`refusing to override existing file '${target}'`);
  await mkdir(dirname(real), { recursive: true });
  const temporary = `${real}.tmp_dwnl.${task.upid.split(":")[2] ?? ""}`;
  try {
    await fetchInto(download, temporary, task);
    if (download.checksum !== undefined) {
      task.log(`calculating checksum...`);
      await requireChecksum(temporary, download.checksum);
      task.log("OK, checksum verified");
    }
    await requireTrusted(place.cluster, temporary, download.kind, target);
    await rename(temporary, real);
  } finally {
    await rm(temporary, { force: true });
  }
  task.log(`download of '${url}' to '${target}' finished`);
}

async function fetchInto({ place, url, target }: Download, temporary: string, task: TaskRun): Promise<void> {
  const at = new Date(place.cluster.clock.now()).toISOString().slice(0, 19).replace("T", " ");
  task.log(`--${at}--  ${url}`);
  const address = new URL(url);
  if (!isLoopback(address))
    die(`download failed: wget: unable to resolve host address '${address.hostname}'`);
  const port = address.port === "" ? (address.protocol === "https:" ? "443" : "80") : address.port;
  const peer = `${address.hostname}:${port}`;
  const response = await askLoopback(address, "GET", task.signal).catch((error: unknown) =>
    die(`download failed: Connecting to ${peer}... failed: ${reasonOf(error)}.`),
  );
  task.log(`Connecting to ${peer}... connected.`);
  const status = `${response.statusCode} ${response.statusMessage}`;
  task.log(`HTTP request sent, awaiting response... ${status}`);
  if (response.statusCode !== 200) {
    response.resume();
    die(`download failed: HTTP request sent, awaiting response... ${status}`);
  }
  const shown = target + temporary.slice(temporary.lastIndexOf(".tmp_dwnl."));
  task.log(
    `Length: ${lengthOf(response)} [${response.headers["content-type"] ?? "application/octet-stream"}]`,
  );
  task.log(`Saving to: '${shown}'`);
  const file = createWriteStream(temporary);
  await pipeline(response, file);
  task.log("     0K                                    100% 2.89K=0.002s");
  task.log(`${at} (2.89 KB/s) - '${shown}' saved [${file.bytesWritten}/${file.bytesWritten}]`);
}

function lengthOf(response: IncomingMessage): string {
  return response.headers["content-length"] ?? "unspecified";
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ECONNREFUSED") return "Connection refused";
  return error instanceof Error ? error.message : String(error);
}
