import { existsSync, watch } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError } from "@coppice/core";
import type { ResourceContext } from "@coppice/provider";

/**
 * Lets a test steer a step through files: `<step>.hold` holds it until the file is gone (`<step>.reached`
 * tells that it waits), `<step>.fail` makes it fail with the file's text and a code. `cancelled` appears on an abort.
 */
export async function passGate(
  folder: string | undefined,
  step: string,
  context: ResourceContext,
): Promise<void> {
  if (folder === undefined) return;
  const hold = join(folder, `${step}.hold`);
  if (existsSync(hold)) {
    const onAbort = () => void writeFile(join(folder, "cancelled"), String(process.pid));
    context.signal.addEventListener("abort", onAbort, { once: true });
    await writeFile(join(folder, `${step}.reached`), String(process.pid));
    await changed(folder, () => !existsSync(hold));
  }
  const fail = join(folder, `${step}.fail`);
  if (existsSync(fail)) throw new CoppiceError("pool.space", { what: await readFile(fail, "utf8") });
}

/** Resolves with true when the condition holds; looks again at every change in the folder. False after the deadline. */
export function changed(folder: string, condition: () => boolean, deadlineMs = 60_000): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (result: boolean): void => {
      clearTimeout(timer);
      watcher.close();
      resolve(result);
    };
    const watcher = watch(folder, () => condition() && finish(true));
    const timer = setTimeout(finish, deadlineMs, false);
    if (condition()) finish(true);
  });
}
