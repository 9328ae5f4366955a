import { registryOf } from "@coppice/provider";
import { servePlugin } from "@coppice/provider/plugin";
import { fileSetHandler } from "./file-set/file-set-handler.ts";
import { fileSetKind } from "./file-set/file-set-kind.ts";
import { recordCredential } from "./file-set/record-credential.ts";

const registry = registryOf({ kind: fileSetKind, load: () => Promise.resolve(fileSetHandler) });
await servePlugin({ registry, version: "0.1.0", engineAddress: process.argv[2], connect: recordCredential });
