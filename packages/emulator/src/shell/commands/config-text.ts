import type { CommandContext } from "./command-context.ts";

/** The path of a guest's config file on its node. */
function configPath(context: CommandContext, vmid: string): string {
  return `nodes/${context.node.name}/qemu-server/${vmid}.conf`;
}

/** The config's text; dies as every tool does when there is none. */
export function readConfig(context: CommandContext, vmid: string): string | undefined {
  return context.cluster.files.read(configPath(context, vmid));
}

/** Changes the lines of a config's first part, the one that is in force. */
export function editConfig(
  context: CommandContext,
  vmid: string,
  change: (lines: string[]) => string[],
): void {
  const text = readConfig(context, vmid) ?? "";
  const cut = text.search(/^\[/m);
  const head = cut < 0 ? text : text.slice(0, cut);
  const lines = change(head.split("\n").filter((line) => line !== ""));
  const rest = cut < 0 ? "" : `\n${text.slice(cut)}`;
  context.node.files.write(configPath(context, vmid), `${lines.join("\n")}\n${rest}`);
}

/** Adds a volume under the first free `unusedN` and answers that name. */
export function addUnused(context: CommandContext, vmid: string, volid: string): string {
  let key = "";
  editConfig(context, vmid, (lines) => {
    const taken = new Set(lines.map((line) => line.split(":")[0]));
    let number = 0;
    while (taken.has(`unused${number}`)) number += 1;
    key = `unused${number}`;
    return [...lines, `${key}: ${volid}`].sort(byKey);
  });
  return key;
}

/** Comments stay in front; keys are sorted as Proxmox writes them. */
function byKey(a: string, b: string): number {
  if (a.startsWith("#") || b.startsWith("#")) return Number(b.startsWith("#")) - Number(a.startsWith("#"));
  const [left = "", right = ""] = [a.split(":")[0], b.split(":")[0]];
  return left < right ? -1 : left > right ? 1 : 0;
}
