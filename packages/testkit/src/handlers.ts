import { type DynamicProvider, dynamicProvider } from "@coppice/provider/handlers";
import { fileSetHandler } from "./file-set/file-set-handler.ts";
import { fileSetSchema } from "./file-set/file-set-schema.ts";
import { recordCredential } from "./file-set/record-credential.ts";

/** File sets, for the dynamic door. */
export const fileSet: DynamicProvider = dynamicProvider(
  { schema: fileSetSchema, load: () => Promise.resolve(fileSetHandler) },
  recordCredential,
);
