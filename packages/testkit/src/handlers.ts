import { type DynamicProvider, dynamicProvider } from "@coppice/provider/handlers";
import { fileSetHandler } from "./file-set/file-set-handler.ts";
import { fileSetKind } from "./file-set/file-set-kind.ts";
import { recordCredential } from "./file-set/record-credential.ts";

/** File sets, for the dynamic door. */
export const fileSet: DynamicProvider = dynamicProvider(
  { kind: fileSetKind, load: () => Promise.resolve(fileSetHandler) },
  recordCredential,
);
