import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { withFileLock } from "./file-lock.js";

/**
 * Makes a folder so that it is either whole or absent: in a draft beside it, renamed into place at the end.
 * Two processes at once make it once; a draft left by a killed process is removed, never used.
 * @param {object} plan
 * @param {string} plan.folder
 * @param {(folder: string) => boolean} plan.isWhole
 * @param {(draft: string) => Promise<void>} plan.make
 * @param {import("../console/reporter.js").Reporter} plan.report
 * @returns {Promise<"found" | "made">}
 */
export async function makeFolderOnce({ folder, isWhole, make, report }) {
  if (isWhole(folder)) return "found";
  mkdirSync(dirname(folder), { recursive: true });
  const onWait = (/** @type {number | undefined} */ pid, /** @type {() => Promise<void>} */ wait) =>
    report.during(`waiting for process ${pid ?? "?"}, which is making ${folder}`, wait);
  return await withFileLock(
    `${folder}.lock`,
    async () => {
      if (isWhole(folder)) return "found";
      removeLeftovers(folder);
      const draft = `${folder}.draft-${process.pid}`;
      mkdirSync(draft);
      try {
        await make(draft);
        renameSync(draft, folder);
      } finally {
        rmSync(draft, { recursive: true, force: true });
      }
      return "made";
    },
    onWait,
  );
}

/** @param {string} folder */
function removeLeftovers(folder) {
  const prefix = `${basename(folder)}.draft-`;
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}
