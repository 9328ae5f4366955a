import { PveError } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { asRecord, cell } from "./as-record.ts";
import { callApi } from "./call-api.ts";
import { type Command, type CommandArgs, type CommandContext, CommandError } from "./command-context.ts";
import { addUnused, editConfig, readConfig } from "./config-text.ts";
import { importDisk } from "./import-disk.ts";

function requireConfig(context: CommandContext, vmid: string): string {
  const text = readConfig(context, vmid);
  if (text !== undefined) return text;
  throw new PveError(
    500,
    `Configuration file 'nodes/${context.node.name}/qemu-server/${vmid}.conf' does not exist`,
  );
}

/** `qm unlock`: takes any lock away, whoever holds it. */
async function unlock(context: CommandContext, [vmid = ""]: CommandArgs): Promise<number> {
  requireConfig(context, vmid);
  editConfig(context, vmid, (lines) => lines.filter((line) => !line.startsWith("lock:")));
  return 0;
}

/** `qm disk rescan`: adds images that no config names as `unusedN`; by their listed id, so a short id is found again. */
async function rescan(context: CommandContext, args: CommandArgs): Promise<number> {
  const at = args.indexOf("--vmid");
  const dryRun = args.includes("--dryrun");
  const only = at < 0 ? undefined : args[at + 1];
  context.output.out("rescan volumes...\n");
  const { cluster, node } = context;
  const vmids = cluster.files
    .list(`nodes/${node.name}/qemu-server`)
    .map((name) => name.replace(/\.conf$/, ""));
  for (const vmid of vmids.filter((each) => only === undefined || each === only)) {
    for (const storage of volumes(cluster).storagesOf(node)) {
      for (const { volid } of await volumes(cluster).list(node, storage.id, {
        vmid: Number(vmid),
        content: "images",
      })) {
        if (mentions(requireConfig(context, vmid), volid) || volid.includes(`vm-${vmid}-cloudinit`)) continue;
        const key = dryRun ? "unused" : addUnused(context, vmid, volid);
        context.output.out(`VM ${vmid} add unreferenced volume '${volid}' as '${key}' to config\n`);
      }
    }
  }
  return 0;
}

function mentions(text: string, volid: string): boolean {
  return text.split(/[\s,]/).some((word) => word === volid || word === `file=${volid}`);
}

/** `qm guest exec`: starts a command through the guest agent and waits for its end. */
async function guestExec(context: CommandContext, args: CommandArgs): Promise<number> {
  const [vmid = "", ...rest] = args;
  const command = rest[0] === "--" ? rest.slice(1) : rest;
  const path = `/nodes/${context.node.name}/qemu/${vmid}/agent`;
  // The API takes the words as an array; a list in one text stands for it.
  const { pid } = asRecord(await callApi(context, "POST", `${path}/exec`, [["command", command.join("\0")]]));
  const deadline = context.cluster.clock.now() + 30_000;
  for (;;) {
    const status = asRecord(await callApi(context, "GET", `${path}/exec-status`, [["pid", cell(pid)]]));
    if (status["exited"] === 1 || context.cluster.clock.now() > deadline) {
      context.output.out(`${JSON.stringify(status, undefined, 3)}\n`);
      return 0;
    }
    await context.cluster.clock.sleep(300, context.cluster.stopped);
  }
}

/** `qm wait`: until the guest is stopped, or for `--timeout` seconds. */
async function wait(context: CommandContext, [vmid = "", ...rest]: CommandArgs): Promise<number> {
  requireConfig(context, vmid);
  const at = rest.findIndex((arg) => /^--?timeout$/.test(arg));
  const deadline =
    at < 0 ? Number.POSITIVE_INFINITY : context.cluster.clock.now() + Number(rest[at + 1]) * 1000;
  for (;;) {
    const { status } = asRecord(
      await callApi(context, "GET", `/nodes/${context.node.name}/qemu/${vmid}/status/current`),
    );
    if (status === "stopped") return 0;
    if (context.cluster.clock.now() > deadline) throw new CommandError("timeout");
    await context.cluster.clock.sleep(1000, context.cluster.stopped);
  }
}

/** The subcommands of `qm` that are more than one API call. */
export const qmSpecial: Readonly<Record<string, Command>> = {
  unlock,
  rescan,
  "disk rescan": rescan,
  importdisk: importDisk,
  "disk import": importDisk,
  "guest exec": guestExec,
  wait,
};
