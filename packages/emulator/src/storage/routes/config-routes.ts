import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { badParameters, die } from "../../kernel/pve-error.ts";
import { addStorage, changeStorage, removeStorage } from "../catalog/edit-storages.ts";
import { storageCatalog } from "../catalog/storage-catalog.ts";
import type { StorageConfig } from "../catalog/storage-config.ts";
import { changeableOptions, fixedOptions, numericOptions, storageTypes } from "../catalog/storage-options.ts";
import { storageParams } from "../catalog/storage-params.ts";

/** What the API shows of a storage's section. */
function shown(call: Call, storage: StorageConfig): Record<string, unknown> {
  const options = Object.entries(storage.options).map(([key, value]): [string, string | number] => [
    key,
    numericOptions.has(key) ? Number(value) : value,
  ]);
  return {
    ...Object.fromEntries<string | number>(options),
    storage: storage.id,
    type: storage.type,
    content: [...storage.content].join(","),
    digest: storageCatalog(call.cluster).digest(),
    ...(storage.nodes === undefined ? {} : { nodes: [...storage.nodes].join(",") }),
  };
}

function listStorages(call: Call): unknown {
  const type = call.params.optionalText("type");
  const visible = storageCatalog(call.cluster)
    .list()
    .filter((storage) =>
      call.cluster.allow(
        call.identity,
        `/storage/${storage.id}`,
        ["Datastore.Audit", "Datastore.AllocateSpace"],
        true,
      ),
    );
  return visible
    .filter((storage) => type === undefined || storage.type === type)
    .map((storage) => shown(call, storage));
}

function readStorage(call: Call): unknown {
  const id = call.params.text("storage");
  return shown(call, storageCatalog(call.cluster).get(id) ?? die(`storage '${id}' does not exist`));
}

async function createStorage(call: Call): Promise<unknown> {
  const [id, type] = [call.params.text("storage"), call.params.text("type")];
  const known: readonly string[] = storageTypes[call.cluster.version.id];
  if (!known.includes(type)) {
    throw badParameters({
      type: `value '${type}' does not have a value in the enumeration '${known.join(", ")}'`,
    });
  }
  await addStorage(call.cluster, call.node, { id, type, options: call.params.rest("storage", "type") });
  return { storage: id, type };
}

async function updateStorage(call: Call): Promise<unknown> {
  const id = call.params.text("storage");
  const digest = call.params.optionalText("digest");
  const changed = await changeStorage(call.cluster, call.node, id, {
    set: call.params.rest("storage", "digest", "delete"),
    remove: call.params.list("delete"),
    ...(digest === undefined ? {} : { digest }),
  });
  return { storage: id, type: changed.type };
}

async function deleteStorage(call: Call): Promise<null> {
  await removeStorage(call.cluster, call.node, call.params.text("storage"));
  return null;
}

const mayEdit = { perm: "/storage", privs: ["Datastore.Allocate"] } as const;
const { storage } = storageParams;

/** `/storage`: what storages there are. */
export const configRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/storage",
    params: { type: storageParams.text },
    permission: "user",
    handle: listStorages,
  },
  {
    method: "GET",
    path: "/storage/{storage}",
    params: { storage },
    permission: { perm: "/storage/{storage}", privs: ["Datastore.Allocate"] },
    handle: readStorage,
  },
  {
    method: "POST",
    path: "/storage",
    params: { storage, type: { type: "string" }, ...changeableOptions, ...fixedOptions },
    permission: mayEdit,
    worker: true,
    handle: createStorage,
  },
  {
    method: "PUT",
    path: "/storage/{storage}",
    params: {
      storage,
      ...changeableOptions,
      delete: storageParams.text,
      digest: { type: "string", maxLength: 64, optional: true },
    },
    permission: mayEdit,
    worker: true,
    handle: updateStorage,
  },
  {
    method: "DELETE",
    path: "/storage/{storage}",
    params: { storage },
    permission: mayEdit,
    worker: true,
    handle: deleteStorage,
  },
];
