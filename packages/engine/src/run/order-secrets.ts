import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Properties } from "@coppice/core";
import { referencesIn } from "../documents/references-in.ts";
import type { Home } from "../home/open-home.ts";
import type { RunOrder } from "./run-order.ts";

/** Whatever a run may come to know that nobody is told, however it was given. */
export function orderSecrets(order: RunOrder, { folder, variables }: Home): string[] {
  const { documents, clusters, credentials } = order;
  const { PULUMI_CONFIG_PASSPHRASE: passphrase = "" } = variables;
  const given: readonly Properties[] = [clusters, ...documents.map(({ inputs }) => inputs)];
  const files = given.flatMap((each) => referencesIn(each, "file"));
  const read = files.flatMap((file) => textOf(resolve(folder, file)) ?? []);
  return [...Object.values(credentials), ...read, passphrase];
}

/** What cannot be read is refused where it is needed. Of a pipe nothing would be left for whoever needs it. */
function textOf(file: string): string | undefined {
  try {
    return statSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
