import type { Clock } from "@coppice/core";
import { mayRepeatRead } from "./may-repeat.ts";

const mostAttempts = 3;

/** Reads, and reads again when the connection broke: Proxmox's workers restart after 1000 requests. */
export async function repeatRead<T>(
  clock: Clock,
  read: () => Promise<T>,
  signal?: AbortSignal,
  mayRepeat = mayRepeatRead,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (attempt === mostAttempts || !mayRepeat(error)) throw error;
      await clock.sleep(50 * 4 ** (attempt - 1), signal);
    }
  }
}
