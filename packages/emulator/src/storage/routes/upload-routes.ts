import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { badParameters, die } from "../../kernel/pve-error.ts";
import type { TaskRun } from "../../tasks/task-run.ts";
import { startTask } from "../../tasks/tasks.ts";
import { type Place, realPath } from "../catalog/place.ts";
import { checkActive } from "../catalog/storage-catalog.ts";
import { storageParams } from "../catalog/storage-params.ts";
import { requireChecksum, requireTrusted } from "../incoming/check-file.ts";
import {
  type IncomingKind,
  incomingPath,
  isIncomingKind,
  requireFileStorage,
} from "../incoming/file-target.ts";
import { volumes } from "../volumes/volumes.ts";

interface Incoming {
  readonly place: Place;
  readonly kind: IncomingKind;
  /** The uploaded file on this machine. */
  readonly file: string;
  readonly size: number;
  /** Where it goes, as the node sees it. */
  readonly target: string;
  /** The name the node's HTTP server would have given the uploaded file. */
  readonly temporary: string;
}

/** The answer comes as soon as the task has started; the file is moved away before, since the wire clears up then. */
async function upload(call: Call): Promise<string> {
  const incoming = incomingFile(call);
  const held = `${incoming.file}.held`;
  await rename(incoming.file, held);
  try {
    const subject = { node: call.entry, identity: call.identity, type: "imgcopy", id: "" };
    return await startTask(call.cluster, subject, async (task) => {
      try {
        await take(call, { ...incoming, file: held }, task);
      } finally {
        await rm(held, { force: true });
      }
    });
  } catch (error) {
    await rm(held, { force: true });
    throw error;
  }
}

function incomingFile(call: Call): Incoming {
  const { cluster, params } = call;
  const storage = volumes(cluster).config(params.text("storage"));
  const name = params.text("node");
  const node = name === "localhost" ? call.entry : cluster.node(name);
  const place = { cluster, node, storage };
  checkActive(place, true);
  const kind = params.text("content");
  if (!isIncomingKind(kind)) throw badParameters({ content: `upload content type '${kind}' not allowed` });
  if (call.upload === undefined) return die("missing temporary file name");
  requireFileStorage(storage, kind, {
    noPath: "",
    notHeld: `storage '${storage.id}' does not support '${kind}' content`,
  });
  const target = incomingPath(storage, kind, params.optionalText("filename") ?? call.upload.filename);
  const mark = Buffer.from(cluster.random.bytes(16)).toString("hex");
  return {
    place,
    kind,
    target,
    file: call.upload.path,
    size: call.upload.size,
    temporary: `/var/tmp/pveupload-${mark}`,
  };
}

async function take(call: Call, incoming: Incoming, task: TaskRun): Promise<void> {
  const { place, target, temporary, file } = incoming;
  task.log(`starting file import from: ${temporary}`);
  const [algorithm, expected] = [
    call.params.optionalText("checksum-algorithm"),
    call.params.optionalText("checksum"),
  ];
  if (algorithm !== undefined && expected !== undefined) {
    task.log("calculating checksum...");
    await requireChecksum(file, { algorithm, expected });
  }
  await requireTrusted(place.cluster, file, incoming.kind, target);
  const local = place.node === call.entry;
  const options = `-o BatchMode=yes -o HostKeyAlias=${place.node.name}`;
  const remote = `/usr/bin/scp ${options} -p -- ${temporary} [${place.node.address}]:${target}`;
  task.log(`target node: ${place.node.name}`);
  task.log(`target file: ${target}`);
  task.log(`file size is: ${incoming.size}`);
  task.log(`command: ${local ? `cp -- ${temporary} ${target}` : remote}`);
  await mkdir(dirname(realPath(place, target)), { recursive: true });
  await copyFile(file, realPath(place, target));
  task.log("finished file import successfully");
}

/** `/nodes/{node}/storage/{storage}/upload`. */
export const uploadRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/nodes/{node}/storage/{storage}/upload",
    params: {
      node: storageParams.node,
      storage: storageParams.storage,
      content: storageParams.fileContent,
      // The HTTP server fills it in from the file's part.
      filename: { ...storageParams.filename, optional: true },
      checksum: storageParams.checksum,
      "checksum-algorithm": storageParams.checksumAlgorithm,
      tmpfilename: { type: "string", pattern: "/var/tmp/pveupload-[0-9a-f]+", optional: true },
    },
    permission: { perm: "/storage/{storage}", privs: ["Datastore.AllocateTemplate"] },
    multipart: true,
    worker: true,
    handle: upload,
  },
];
