import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { bootDriveNames } from "../options/drive-names.ts";
import { isCdrom, parseDrive } from "./drive.ts";

/** The first drive of that kind, with those that are no cloud-init drive. */
function firstDrive(values: Readonly<ConfigValues>, cdrom: boolean): string | undefined {
  return bootDriveNames.find((name) => {
    const value = values[name];
    return value !== undefined && isCdrom(parseDrive(value)) === cdrom;
  });
}

/** What a guest boots from when nothing is said: first disk, first CD-ROM, first network device. */
export function defaultBootDevices(values: Readonly<ConfigValues>): string[] {
  const nets = Object.keys(values)
    .filter((key) => /^net\d+$/.test(key))
    .sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)));
  return [firstDrive(values, false), firstDrive(values, true), nets[0]].filter((name) => name !== undefined);
}

/** Writes `boot`; a guest with nothing to boot from reads back as one blank, as recorded. */
export function printBootOrder(devices: readonly string[]): string {
  return devices.length === 0 ? "" : `order=${devices.join(";")}`;
}

/** The devices of `boot: order=…`; empty for the old letters. */
export function bootOrder(boot: string | undefined): string[] {
  const order = /(?:^|,)order=([^,]*)/.exec(boot ?? "")?.[1];
  return (order ?? "").split(";").filter((name) => name !== "");
}

/** The drives that the firmware tries, in order. The old letters: `c` a disk, `d` a CD; without any, `cdn`. */
export function bootDrives(values: Readonly<ConfigValues>): string[] {
  const { boot } = values;
  if (boot !== undefined && boot.includes("order=")) return bootDisks(values);
  const letters = (boot ?? "cdn").replace(/^legacy=/, "");
  const drives = { c: values["bootdisk"] ?? firstDrive(values, false), d: firstDrive(values, true) };
  return letters
    .split("")
    .flatMap((letter) => (letter === "c" || letter === "d" ? (drives[letter] ?? []) : []));
}

export function bootDisks(values: Readonly<ConfigValues>): string[] {
  const order = bootOrder(values["boot"]);
  const legacy = values["bootdisk"];
  return order.length === 0 && legacy !== undefined
    ? [legacy]
    : order.filter((name) => bootDriveNames.includes(name));
}
