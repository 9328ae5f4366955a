import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/**
 * Writes a file, which its owner alone reads where nothing else is said: whoever reads it at any time, also after a failure of the power, finds the old
 * text or the new one as a whole.
 */
export async function replaceFile(file: string, text: string, mode = 0o600): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    await writeThrough(draft, text, mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeThrough(file: string, text: string, mode: number): Promise<void> {
  await using handle = await open(file, "wx", mode);
  // Whatever this process takes away from new files.
  await handle.chmod(mode);
  await handle.writeFile(text);
  await handle.sync();
}
