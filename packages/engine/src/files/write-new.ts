import { open, rm } from "node:fs/promises";

/** Writes a file that is not there yet, through to the disk. Where that fails nothing is left of it. */
export async function writeNew(file: string, text: string, mode = 0o600): Promise<void> {
  const handle = await open(file, "wx", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
