import { homedir, userInfo } from "node:os";
import type { Environment } from "./home-folder.ts";

/**
 * The home of the account, where the engine looks for what is its own: as Go's `os/user` finds it, which asks HOME only
 * where the system knows of no account of this number. The two differ under `sudo -E` and in containers of pipelines.
 *
 * @param ofAccount what the system says
 */
export function accountHome({ HOME: user }: Environment, ofAccount = homeOfAccount): string {
  return ofAccount() || user || homedir();
}

function homeOfAccount(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    // Node throws where nothing is said of the account.
    return undefined;
  }
}
