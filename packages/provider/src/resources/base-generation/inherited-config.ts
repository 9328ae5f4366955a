import { isDataDisk, isDriveSlot, parseConfigLine } from "@coppice/clusters";

/** Keys that belong to the source machine alone, or that Proxmox writes itself. */
const OWN_KEYS =
  /^(?:digest|template|name|description|tags|lock|parent|snaptime|snapstate|vmstate|vmgenid|meta|protection|unused\d+|running\w*)$/;

/** What a seat takes over from the configuration of its generation's source. */
export function inheritedConfig(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => !OWN_KEYS.test(key) && !(isDriveSlot(key) && isDataDisk(parseConfigLine(value))),
    ),
  );
}
