import { watch } from "node:fs";

/** How often a file is looked at that cannot be watched, in milliseconds. */
const interval = 100;

/**
 * Calls back when a file may have changed, until what it answers is called. The system watches so many files for all
 * programs of a person and no more; where others have them all, the file is looked at from time to time.
 */
export function whenChanged(path: string, changed: () => void, watched: typeof watch = watch): () => void {
  let stop = (): void => undefined;
  const look = (): void => {
    const timer = setInterval(changed, interval);
    stop = () => clearInterval(timer);
  };
  try {
    const watcher = watched(path, () => changed());
    stop = () => watcher.close();
    watcher.once("error", () => {
      watcher.close();
      look();
    });
  } catch {
    look();
  }
  return () => stop();
}
