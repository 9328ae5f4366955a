import { posix } from "node:path";
import { PveError } from "../../kernel/pve-error.ts";
import { nodeFile } from "../../storage/catalog/node-path.ts";
import { formatBytes } from "../../storage/format-bytes.ts";
import { demandOwnFiles } from "../../storage/images/demand-own-files.ts";
import { qemuImg } from "../../storage/images/qemu-img.ts";
import { isVolumeFormat } from "../../storage/volid.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { type CommandArgs, type CommandContext, CommandError } from "./command-context.ts";
import { addUnused, readConfig } from "./config-text.ts";
import { parseArguments } from "./parse-arguments.ts";

const options = {
  format: { type: "string", optional: true },
  "target-disk": { type: "string", optional: true },
} as const;

/** `qm disk import`: converts any image of the node into a new, unused volume of the guest; a backed one is flattened. */
export async function importDisk(context: CommandContext, args: CommandArgs): Promise<number> {
  const parsed = parseArguments(args, ["vmid", "source", "storage"], options);
  const [vmid, source, storage] = ["vmid", "source", "storage"].map((name) => parsed.get(name) ?? "");
  if (vmid === undefined || source === undefined || storage === undefined)
    throw new CommandError("400 not enough arguments");
  if (readConfig(context, vmid) === undefined) {
    throw new PveError(
      500,
      `Configuration file 'nodes/${context.node.name}/qemu-server/${vmid}.conf' does not exist`,
    );
  }
  const guestFile = posix.resolve(context.folder, source);
  const file = nodeFile(context.cluster, context.node, guestFile);
  if (file === undefined) throw new PveError(500, `${guestFile}: non-existent or non-regular file`);
  context.output.out(`importing disk '${source}' to VM ${vmid} ...\n`);
  const volid = await convertInto(context, file, { vmid, storage, format: parsed.get("format") });
  context.output.out(`${addUnused(context, vmid, volid)}: successfully imported disk '${volid}'\n`);
  return 0;
}

interface Target {
  readonly vmid: string;
  readonly storage: string;
  readonly format: string | undefined;
}

async function convertInto(
  context: CommandContext,
  file: string,
  { vmid, storage, format }: Target,
): Promise<string> {
  const all = volumes(context.cluster);
  await demandOwnFiles(context.cluster, file, "any");
  const size = await virtualSize(context, file);
  const wanted = isVolumeFormat(format) ? { format } : {};
  const say = (line: string) => context.output.out(`${line}\n`);
  const volid = await all.allocate(
    context.node,
    storage,
    { vmid: Number(vmid), sizeBytes: size, ...wanted },
    say,
  );
  say(`transferred 0.0 B of ${formatBytes(size)} (0.00%)`);
  const to = all.path(context.node, volid);
  const result = await qemuImg(context.cluster, ["convert", "-n", "-O", all.parse(volid).format, file, to]);
  if (result.code !== 0) {
    await all.free(context.node, volid);
    throw new PveError(500, `copy failed: ${result.stderr.replaceAll(context.node.root, "").trimEnd()}`);
  }
  say(`transferred ${formatBytes(size)} of ${formatBytes(size)} (100.00%)`);
  return volid;
}

async function virtualSize(context: CommandContext, file: string): Promise<number> {
  const answer = await qemuImg(context.cluster, ["info", "--output=json", file]);
  const said: unknown = answer.code === 0 ? JSON.parse(answer.stdout) : undefined;
  const size =
    typeof said === "object" && said !== null && "virtual-size" in said ? said["virtual-size"] : undefined;
  if (typeof size !== "number")
    throw new PveError(500, `failed to query file information with qemu-img: ${answer.stderr.trimEnd()}`);
  return size;
}
