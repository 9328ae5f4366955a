import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { badParameters, die } from "../../kernel/pve-error.ts";
import { startTask } from "../../tasks/tasks.ts";
import { checkActive } from "../catalog/storage-catalog.ts";
import { storageParams } from "../catalog/storage-params.ts";
import { downloadFile } from "../incoming/download-file.ts";
import { incomingPath, isIncomingKind, requireFileStorage } from "../incoming/file-target.ts";
import { askLoopback, isLoopback } from "../incoming/loopback-fetch.ts";
import { volumes } from "../volumes/volumes.ts";

async function download(call: Call): Promise<string> {
  const { cluster, node, params } = call;
  const storage = volumes(cluster).config(params.text("storage"));
  const kind = params.text("content");
  if (!isIncomingKind(kind)) throw badParameters({ content: `upload content-type '${kind}' is not allowed` });
  const place = { cluster, node, storage };
  requireFileStorage(storage, kind, {
    noPath: ", not a file based storage!",
    notHeld: `storage '${storage.id}' is not configured for content-type '${kind}'`,
  });
  const target = incomingPath(storage, kind, params.text("filename"));
  checkActive(place, true);
  const [algorithm, expected] = [params.optionalText("checksum-algorithm"), params.optionalText("checksum")];
  const checksum =
    algorithm === undefined || expected === undefined ? {} : { checksum: { algorithm, expected } };
  const id = target.slice(target.lastIndexOf("/") + 1);
  return await startTask(cluster, { node, identity: call.identity, type: "download", id }, (task) =>
    downloadFile({ place, url: params.text("url"), kind, target, ...checksum }, task),
  );
}

/** What a HEAD request says about a file (pve-manager, API2/Nodes.pm query_url_metadata). */
async function describeUrl(call: Call): Promise<unknown> {
  const url = new URL(call.params.text("url"));
  if (!isLoopback(url))
    die(`invalid server response: '500 Can't connect to ${url.host} (Name or service not known)'`);
  const response = await askLoopback(url, "HEAD", call.signal).catch(() =>
    die(`invalid server response: '500 Can't connect to ${url.host} (Connection refused)'`),
  );
  response.resume();
  if (response.statusCode !== 200)
    die(`invalid server response: '${response.statusCode} ${response.statusMessage}'`);
  const disposition = /filename="([^"]*)"/.exec(response.headers["content-disposition"] ?? "")?.[1];
  const filename = disposition ?? url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  const size = response.headers["content-length"];
  const mimetype = response.headers["content-type"]?.replace(/;.*/, "");
  return {
    ...(filename === "" ? {} : { filename }),
    ...(size === undefined ? {} : { size: Number(size) }),
    ...(mimetype === undefined ? {} : { mimetype }),
  };
}

const networkAccess = {
  or: [
    { perm: "/", privs: ["Sys.Audit", "Sys.Modify"] },
    { perm: "/nodes/{node}", privs: ["Sys.AccessNetwork"] },
  ],
} as const;
const { node, flag } = storageParams;
const url = { type: "string", pattern: "https?://.*" } as const;

/** `download-url` and what a client asks before it. */
export const downloadRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/nodes/{node}/storage/{storage}/download-url",
    params: {
      node,
      storage: storageParams.storage,
      url,
      content: storageParams.fileContent,
      filename: storageParams.filename,
      checksum: storageParams.checksum,
      compression: { type: "string", enum: ["gz", "lzo", "zst", "bz2"], optional: true },
      "checksum-algorithm": storageParams.checksumAlgorithm,
      "verify-certificates": flag,
    },
    permission: {
      and: [{ perm: "/storage/{storage}", privs: ["Datastore.AllocateTemplate"] }, networkAccess],
    },
    onNode: true,
    worker: true,
    handle: download,
  },
  {
    method: "GET",
    path: "/nodes/{node}/query-url-metadata",
    params: { node, url, "verify-certificates": flag },
    permission: networkAccess,
    onNode: true,
    worker: true,
    handle: describeUrl,
  },
];
