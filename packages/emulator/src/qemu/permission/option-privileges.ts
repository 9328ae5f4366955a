import { isDriveName } from "../options/drive-names.ts";

const options: Readonly<Record<string, readonly string[]>> = {
  "VM.Config.CPU": ["cores", "cpu", "runningcpu", "cpulimit", "cpuunits", "numa", "smp", "sockets", "vcpus"],
  "VM.Config.Memory": ["memory", "balloon", "shares", "allow-ksm"],
  "VM.Config.HWType": [
    "acpi",
    "hotplug",
    "kvm",
    "machine",
    "runningmachine",
    "scsihw",
    "smbios1",
    "tablet",
    "vga",
    "watchdog",
    "audio0",
    "rng0",
  ],
  "VM.Config.Options": [
    "agent",
    "autostart",
    "bios",
    "description",
    "keyboard",
    "localtime",
    "migrate_downtime",
    "migrate_speed",
    "name",
    "onboot",
    "ostype",
    "protection",
    "reboot",
    "startdate",
    "startup",
    "tdf",
    "template",
  ],
  "VM.PowerMgmt": ["freeze"],
  "VM.Config.Disk": ["boot", "bootdisk", "vmstatestorage"],
};

const cloudInit = [
  "cicustom",
  "cipassword",
  "citype",
  "ciuser",
  "ciupgrade",
  "nameserver",
  "searchdomain",
  "sshkeys",
];

const byOption = new Map(
  Object.entries(options).flatMap(([privilege, names]) => names.map((name) => [name, privilege] as const)),
);

/** Who may set an option: nobody is asked here (`other` checks do), one or any of privileges, or root@pam alone. */
export type OptionRule = { readonly any: readonly string[] } | "checked elsewhere" | "root only";

/** The rule for one option (qemu-server 9.2.6, PVE/API2/Qemu.pm, check_vm_modify_config_perm). */
export function optionRule(option: string): OptionRule {
  if (isDriveName(option) || option === "cdrom" || option === "tags") return "checked elsewhere";
  if (/^(?:unused|serial|usb|hostpci|virtiofs)\d+$/.test(option)) return "checked elsewhere";
  if (/^numa\d+$/.test(option)) return { any: ["VM.Config.CPU"] };
  if (/^net\d+$/.test(option)) return { any: ["VM.Config.Network"] };
  if (cloudInit.includes(option) || /^ipconfig\d+$/.test(option)) {
    return { any: ["VM.Config.Cloudinit", "VM.Config.Network"] };
  }
  const privilege = byOption.get(option);
  return privilege === undefined ? "root only" : { any: [privilege] };
}
