const atOnce = new Set([
  "description",
  "hookscript",
  "lock",
  "migrate_downtime",
  "migrate_speed",
  "name",
  "onboot",
  "protection",
  "shares",
  "startup",
  "tags",
  "vmstatestorage",
  "cicustom",
  "cipassword",
  "citype",
  "ciuser",
  "ciupgrade",
  "nameserver",
  "searchdomain",
  "sshkeys",
]);

/** True for options that change nothing in a running machine and so are in force at once (qemu-server 9.2.6, fast_plug_option). */
export function isFastOption(key: string): boolean {
  return atOnce.has(key) || /^ipconfig\d+$/.test(key);
}

/** What a machine lets be plugged while it runs. */
export type HotplugFeature = "network" | "disk" | "usb" | "cpu" | "memory" | "cloudinit";

/** Reads `hotplug`: `1` (the default) is network, disk and usb, `0` nothing. */
export function hotplugFeatures(hotplug: string | undefined): ReadonlySet<HotplugFeature> {
  const text = hotplug ?? "1";
  if (text === "0") return new Set();
  if (text === "1") return new Set(["network", "disk", "usb"]);
  const known: readonly HotplugFeature[] = ["network", "disk", "usb", "cpu", "memory", "cloudinit"];
  return new Set(known.filter((feature) => text.split(/[,;\s]+/).includes(feature)));
}

/** Keys of a disk that a running machine cannot change: they wait for the next start. */
export const fixedDriveKeys = [
  "aio",
  "discard",
  "iothread",
  "queues",
  "product",
  "cache",
  "ssd",
  "vendor",
  "ro",
];

/** Options that show in `GET …/cloudinit` when they differ from what the drive was made with. */
export function isCloudInitOption(key: string): boolean {
  const named = [
    "name",
    "cicustom",
    "cipassword",
    "citype",
    "ciuser",
    "ciupgrade",
    "nameserver",
    "searchdomain",
    "sshkeys",
  ];
  return named.includes(key) || /^(?:ipconfig|net)\d+$/.test(key);
}
