import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where an ordinary person's state lies: `COPPICE_HOME`, or a folder of the user's data. Absolute: the engine works elsewhere. */
export function homeFolder(environment: Environment): string {
  const { COPPICE_HOME: own, XDG_DATA_HOME: data, HOME: user } = environment;
  if (own) return resolve(own);
  return resolve(data || join(user || homedir(), ".local", "share"), "coppice");
}
