import { join } from "node:path";

/** The variables of a project's commands: the tools', and a home, a state and a passphrase of its own. */
export function projectEnvironment(
  folder: string,
  tools: NodeJS.ProcessEnv,
  extra: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const own = {
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of the tests",
    PULUMI_STACK: "test",
    // `--event-log` is a flag for debugging, hidden otherwise.
    PULUMI_DEBUG_COMMANDS: "true",
  };
  const inherited = Object.entries(tools).filter(([name]) => !/^(PULUMI_|PROXMOX_VE_)/.test(name));
  return { ...Object.fromEntries(inherited), PULUMI_SKIP_UPDATE_CHECK: "true", ...own, ...extra };
}
