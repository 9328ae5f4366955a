import type { Environment } from "@coppice/engine";
import { shellWord } from "../output/shell-word.ts";

/**
 * What to do about a cluster that is in no registry, said by where the registry was looked for, since another home may have
 * been meant; and what programs read of the environment is named, since documents do not.
 */
export function toRegister(folder: string, environment: Environment): (cluster: string) => string {
  const fromEnvironment = environment["PROXMOX_VE_ENDPOINT"]
    ? ' --endpoint "$PROXMOX_VE_ENDPOINT" --token-env PROXMOX_VE_API_TOKEN'
    : "";
  return (cluster) =>
    `type \`coppice cluster add ${shellWord(cluster)}${fromEnvironment}\`, which puts it into ${folder}, or describe it (kind: Cluster)`;
}
