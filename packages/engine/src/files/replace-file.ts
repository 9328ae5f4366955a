import { randomBytes } from "node:crypto";
import { chmod, rename, rm } from "node:fs/promises";
import { writeNew } from "./write-new.ts";

/**
 * Writes a file, which its owner alone reads where nothing else is said: whoever reads it at any time, also after a failure of
 * the power, finds the old text or the new one as a whole.
 */
export async function replaceFile(file: string, text: string, mode = 0o600): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeNew(draft, text, mode);
  try {
    // Whatever this process takes away from new files.
    await chmod(draft, mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
