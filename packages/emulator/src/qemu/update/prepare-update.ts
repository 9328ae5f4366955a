import type { Call } from "../../api/call.ts";
import { refuseUnlessRoot } from "../../api/refuse-unless-root.ts";
import { checkBridges } from "../../guests/check-bridges.ts";
import { randomUuid } from "../../guests/config/generated-values.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { badParameters, die } from "../../kernel/pve-error.ts";
import { splitList } from "../../schema/params.ts";
import { resolveCdrom } from "../config/drive.ts";
import { withMac } from "../config/net-device.ts";
import { checkDrives } from "../disks/check-drives.ts";
import { checkStorageAccess } from "../disks/check-storage-access.ts";
import { guestOptions } from "../options/guest-options.ts";
import { checkOptions } from "../permission/check-options.ts";
import type { UpdateRequest } from "./update-request.ts";

const controls = [
  "digest",
  "background_delay",
  "import-working-storage",
  "skiplock",
  "delete",
  "revert",
  "force",
];

/** Takes the parameters of a config PUT or POST apart and checks everything that can be checked without the lock. */
export async function prepareUpdate(call: Call): Promise<UpdateRequest> {
  refuseUnlessRoot(call, "skiplock");
  const { cluster, node, identity, params } = call;
  const vmid = params.int("vmid");
  const asked = params.rest("node", "vmid", ...controls);
  const remove = splitList(params.optionalText("delete") ?? "").map((name) =>
    name === "cdrom" ? "ide2" : name,
  );
  const revert = splitList(params.optionalText("revert") ?? "");
  if (Object.keys(asked).length === 0 && remove.length === 0 && revert.length === 0)
    die("no options specified");
  checkNames(asked, remove, revert);
  const set = await canonical(call, resolveCdrom(asked));
  checkOptions(cluster, { identity, vmid }, [...remove, ...Object.keys(set)]);
  checkStorageAccess({ cluster, identity, vmid }, set);
  checkBridges(cluster, identity, set);
  return {
    cluster,
    node,
    identity,
    vmid,
    set,
    remove,
    revert,
    force: params.flag("force"),
    skiplock: params.flag("skiplock"),
    digest: params.optionalText("digest"),
    text: logText(call),
  };
}

function checkNames(set: Readonly<ConfigValues>, remove: readonly string[], revert: readonly string[]): void {
  for (const name of revert) {
    if (!isOption(name)) throw badParameters({ revert: `unknown option '${name}'` });
    if (set[name] !== undefined)
      throw badParameters({ delete: `you can't use '-${name}' and -revert ${name}' at the same time` });
  }
  for (const name of remove) {
    if (set[name] !== undefined)
      throw badParameters({ delete: `you can't use '-${name}' and -delete ${name}' at the same time` });
    if (revert.includes(name)) {
      throw badParameters({
        revert: `you can't use '-delete ${name}' and -revert ${name}' at the same time`,
      });
    }
    if (!isOption(name)) throw badParameters({ delete: `unknown option '${name}'` });
  }
}

/** Options that a configuration may hold beside those of the schema. */
const internalOptions = new Set([
  "vmstate",
  "parent",
  "snaptime",
  "runningmachine",
  "runningcpu",
  "meta",
  "cdrom",
]);

function isOption(name: string): boolean {
  return Object.hasOwn(guestOptions, name) || internalOptions.has(name);
}

async function canonical({ cluster, node }: Call, values: Readonly<ConfigValues>): Promise<ConfigValues> {
  const checked = await checkDrives(cluster, node, values);
  for (const [key, value] of Object.entries(checked)) {
    if (/^net\d+$/.test(key)) checked[key] = withMac(cluster, value);
    if (key === "vmgenid" && value === "1") checked[key] = randomUuid(cluster.random);
    if (key === "cpuunits") checked[key] = String(Math.min(10_000, Math.max(1, Number(value))));
  }
  return checked;
}

/** `update VM 900: -cores 1`, passwords hidden. */
function logText({ params }: Call): string {
  const asked = params.rest("node", "vmid", "digest", "background_delay", "import-working-storage");
  return Object.keys(asked)
    .sort()
    .map((name) => `-${name} ${name === "cipassword" ? "<hidden>" : asked[name]}`)
    .join(" ");
}
