import { createHash } from "node:crypto";
import { appendFile } from "node:fs/promises";
import type { Connect } from "@coppice/clusters";

/**
 * Stands in for a connection: appends the hash of the cluster's token to the file that
 * `COPPICE_TEST_CREDENTIALS` names, so that a test sees which token an operation would have used.
 */
export const recordCredential: Connect = async (settings) => {
  const file = process.env["COPPICE_TEST_CREDENTIALS"];
  if (file !== undefined) await appendFile(file, `${hashOf(settings.token)}\n`);
  return {
    settings,
    get client(): never {
      throw new Error("this cluster is a stand-in and answers nothing");
    },
    ssh: () => {
      throw new Error("this cluster is a stand-in and has no nodes");
    },
    close: () => Promise.resolve(),
  };
};

/** What `recordCredential` writes for a token. */
export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
