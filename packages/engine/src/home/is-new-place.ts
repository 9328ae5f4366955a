import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { backendFolder } from "./backend-folder.ts";
import { besideState } from "./beside-state.ts";
import type { StateHome } from "./state-home.ts";

/** Whether state lies in no folder, and nobody has used that place from this home yet. From now on somebody has. */
export async function isNewPlace(home: StateHome): Promise<boolean> {
  if (backendFolder(home.backend) !== undefined) return false;
  const folder = besideState(home);
  await mkdir(dirname(folder), { recursive: true });
  return await mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      return false;
    },
  );
}
