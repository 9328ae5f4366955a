import { indexed, type ParamTable } from "../../kernel/route.ts";
import { driveFormats } from "./drive-formats.ts";
import { netFormat } from "./net-format.ts";

// Facts of the public API description (pve-docs 9.1.3, api-viewer): the options of a virtual machine.
const plain: ParamTable = {
  acpi: { type: "boolean", optional: true },
  affinity: { type: "string", optional: true, format: "pve-cpuset" },
  agent: {
    type: "string",
    optional: true,
    format: {
      keys: {
        enabled: { type: "boolean" },
        "freeze-fs": { type: "boolean", optional: true },
        "freeze-fs-on-backup": { type: "boolean", optional: true },
        "guest-fsfreeze": { type: "boolean", optional: true },
        fstrim_cloned_disks: { type: "boolean", optional: true },
        type: { type: "string", enum: ["virtio", "isa"], optional: true },
      },
      defaultKey: "enabled",
    },
  },
  "allow-ksm": { type: "boolean", optional: true },
  "amd-sev": { type: "string", optional: true, format: "pve-qemu-sev-fmt" },
  arch: { type: "string", enum: ["x86_64", "aarch64"], optional: true },
  args: { type: "string", optional: true },
  audio0: {
    type: "string",
    optional: true,
    format: {
      keys: {
        device: {
          type: "string",
          enum: ["ich9-intel-hda", "intel-hda", "AC97"],
        },
        driver: { type: "string", enum: ["spice", "none"], optional: true },
      },
    },
  },
  autostart: { type: "boolean", optional: true },
  balloon: { type: "integer", minimum: 0, optional: true },
  bios: { type: "string", enum: ["seabios", "ovmf"], optional: true },
  boot: { type: "string", optional: true, format: "pve-qm-boot" },
  bootdisk: {
    type: "string",
    pattern: "(ide|sata|scsi|virtio)\\d+",
    optional: true,
    format: "pve-qm-bootdisk",
  },
  cicustom: { type: "string", optional: true, format: "pve-qm-cicustom" },
  cipassword: { type: "string", optional: true },
  citype: {
    type: "string",
    enum: ["configdrive2", "nocloud", "opennebula"],
    optional: true,
  },
  ciupgrade: { type: "boolean", optional: true },
  ciuser: { type: "string", optional: true },
  cores: { type: "integer", minimum: 1, optional: true },
  cpu: { type: "string", optional: true, format: "pve-vm-cpu-conf" },
  cpulimit: { type: "number", minimum: 0, maximum: 128, optional: true },
  cpuunits: { type: "integer", minimum: 1, maximum: 262144, optional: true },
  description: { type: "string", maxLength: 8192, optional: true },
  freeze: { type: "boolean", optional: true },
  hookscript: { type: "string", optional: true, format: "pve-volume-id" },
  hotplug: { type: "string", optional: true, format: "pve-hotplug-features" },
  hugepages: { type: "string", enum: ["any", "2", "1024"], optional: true },
  "intel-tdx": { type: "string", optional: true, format: "pve-qemu-tdx-fmt" },
  ivshmem: {
    type: "string",
    optional: true,
    format: {
      keys: {
        name: { type: "string", pattern: "[a-zA-Z0-9\\-]+", optional: true },
        size: { type: "integer", minimum: 1 },
      },
    },
  },
  keephugepages: { type: "boolean", optional: true },
  keyboard: {
    type: "string",
    enum: [
      "de",
      "de-ch",
      "da",
      "en-gb",
      "en-us",
      "es",
      "fi",
      "fr",
      "fr-be",
      "fr-ca",
      "fr-ch",
      "hu",
      "is",
      "it",
      "ja",
      "lt",
      "mk",
      "nl",
      "no",
      "pl",
      "pt",
      "pt-br",
      "sv",
      "sl",
      "tr",
    ],
    optional: true,
  },
  kvm: { type: "boolean", optional: true },
  localtime: { type: "boolean", optional: true },
  lock: {
    type: "string",
    enum: [
      "backup",
      "clone",
      "create",
      "migrate",
      "rollback",
      "snapshot",
      "snapshot-delete",
      "suspending",
      "suspended",
    ],
    optional: true,
  },
  machine: {
    type: "string",
    optional: true,
    format: {
      keys: {
        "aw-bits": { type: "number", minimum: 32, maximum: 64, optional: true },
        "enable-s3": { type: "boolean", optional: true },
        "enable-s4": { type: "boolean", optional: true },
        type: {
          type: "string",
          pattern:
            "(pc|pc(-i440fx)?-\\d+(\\.\\d+)+(\\+pve\\d+)?(\\.pxe)?|q35|pc-q35-\\d+(\\.\\d+)+(\\+pve\\d+)?(\\.pxe)?|virt(?:-\\d+(\\.\\d+)+)?(\\+pve\\d+)?)",
          maxLength: 40,
          optional: true,
        },
        viommu: { type: "string", enum: ["intel", "virtio"], optional: true },
      },
      defaultKey: "type",
    },
  },
  memory: {
    type: "string",
    optional: true,
    format: {
      keys: { current: { type: "integer", minimum: 16 } },
      defaultKey: "current",
    },
  },
  migrate_downtime: { type: "number", minimum: 0, optional: true },
  migrate_speed: { type: "integer", minimum: 0, optional: true },
  name: { type: "string", optional: true, format: "dns-name" },
  nameserver: { type: "string", optional: true, format: "address-list" },
  numa: { type: "boolean", optional: true },
  onboot: { type: "boolean", optional: true },
  ostype: {
    type: "string",
    enum: ["other", "wxp", "w2k", "w2k3", "w2k8", "wvista", "win7", "win8", "win10", "win11", "l24", "l26", "solaris"],
    optional: true,
  },
  protection: { type: "boolean", optional: true },
  reboot: { type: "boolean", optional: true },
  rng0: { type: "string", optional: true, format: "pve-qm-rng" },
  scsihw: {
    type: "string",
    enum: ["lsi", "lsi53c810", "virtio-scsi-pci", "virtio-scsi-single", "megasas", "pvscsi"],
    optional: true,
  },
  searchdomain: { type: "string", optional: true },
  shares: { type: "integer", minimum: 0, maximum: 50000, optional: true },
  smbios1: {
    type: "string",
    maxLength: 512,
    optional: true,
    format: "pve-qm-smbios1",
  },
  smp: { type: "integer", minimum: 1, optional: true },
  sockets: { type: "integer", minimum: 1, optional: true },
  spice_enhancements: {
    type: "string",
    optional: true,
    format: {
      keys: {
        foldersharing: { type: "boolean", optional: true },
        videostreaming: {
          type: "string",
          enum: ["off", "all", "filter"],
          optional: true,
        },
      },
    },
  },
  sshkeys: { type: "string", optional: true, format: "urlencoded" },
  startdate: {
    type: "string",
    pattern: "(now|\\d{4}-\\d{1,2}-\\d{1,2}(T\\d{1,2}:\\d{1,2}:\\d{1,2})?)",
    optional: true,
  },
  startup: { type: "string", optional: true, format: "pve-startup-order" },
  tablet: { type: "boolean", optional: true },
  tags: { type: "string", optional: true, format: "pve-tag-list" },
  tdf: { type: "boolean", optional: true },
  template: { type: "boolean", optional: true },
  vcpus: { type: "integer", minimum: 1, optional: true },
  vga: {
    type: "string",
    optional: true,
    format: {
      keys: {
        clipboard: { type: "string", enum: ["vnc"], optional: true },
        memory: { type: "integer", minimum: 4, maximum: 512, optional: true },
        type: {
          type: "string",
          enum: [
            "cirrus",
            "qxl",
            "qxl2",
            "qxl3",
            "qxl4",
            "none",
            "serial0",
            "serial1",
            "serial2",
            "serial3",
            "std",
            "virtio",
            "virtio-gl",
            "vmware",
          ],
          optional: true,
        },
      },
      defaultKey: "type",
    },
  },
  vmgenid: {
    type: "string",
    pattern: "(?:[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}|[01])",
    optional: true,
  },
  vmstatestorage: { type: "string", optional: true, format: "pve-storage-id" },
  watchdog: { type: "string", optional: true, format: "pve-qm-watchdog" },
};

const numbered: ParamTable = {
  ...indexed("hostpci", 16, {
    type: "string",
    optional: true,
    format: "pve-qm-hostpci",
  }),
  ...indexed("ipconfig", 32, {
    type: "string",
    optional: true,
    format: "pve-qm-ipconfig",
  }),
  ...indexed("numa", 8, {
    type: "string",
    optional: true,
    format: {
      keys: {
        cpus: {
          type: "string",
          pattern: "(?:\\d+(?:-\\d+)?(?:;\\d+(?:-\\d+)?)*)",
        },
        hostnodes: {
          type: "string",
          pattern: "(?:\\d+(?:-\\d+)?(?:;\\d+(?:-\\d+)?)*)",
          optional: true,
        },
        memory: { type: "number", optional: true },
        policy: {
          type: "string",
          enum: ["preferred", "bind", "interleave"],
          optional: true,
        },
      },
    },
  }),
  ...indexed("parallel", 3, {
    type: "string",
    pattern: "/dev/parport\\d+|/dev/usb/lp\\d+",
    optional: true,
  }),
  ...indexed("serial", 4, {
    type: "string",
    pattern: "(/dev/.+|socket)",
    optional: true,
  }),
  ...indexed("usb", 14, {
    type: "string",
    optional: true,
    format: {
      keys: {
        host: {
          type: "string",
          pattern:
            "(?:(?:(?:(?:(0x)?([0-9A-Fa-f]{4}):(0x)?([0-9A-Fa-f]{4})))|(?:(?:(\\d+)\\-(\\d+(\\.\\d+)*)))|[Ss][Pp][Ii][Cc][Ee]))",
          optional: true,
        },
        mapping: { type: "string", optional: true, format: "pve-configid" },
        usb3: { type: "boolean", optional: true },
      },
      defaultKey: "host",
    },
  }),
  ...indexed("virtiofs", 10, {
    type: "string",
    optional: true,
    format: {
      keys: {
        cache: {
          type: "string",
          enum: ["auto", "always", "metadata", "never"],
          optional: true,
        },
        "direct-io": { type: "boolean", optional: true },
        dirid: { type: "string", format: "pve-configid" },
        "expose-acl": { type: "boolean", optional: true },
        "expose-xattr": { type: "boolean", optional: true },
      },
      defaultKey: "dirid",
    },
  }),
  ...indexed("net", 32, { type: "string", optional: true, format: netFormat }),
};

const drives: ParamTable = {
  ...indexed("ide", 4, {
    type: "string",
    optional: true,
    format: driveFormats.ide,
  }),
  ...indexed("sata", 6, {
    type: "string",
    optional: true,
    format: driveFormats.sata,
  }),
  ...indexed("scsi", 31, {
    type: "string",
    optional: true,
    format: driveFormats.scsi,
  }),
  ...indexed("virtio", 16, {
    type: "string",
    optional: true,
    format: driveFormats.virtio,
  }),
  ...indexed("unused", 256, {
    type: "string",
    optional: true,
    format: driveFormats.unused,
  }),
  efidisk0: { type: "string", optional: true, format: driveFormats.efidisk0 },
  tpmstate0: { type: "string", optional: true, format: driveFormats.tpmstate0 },
};

/** Every option that a guest's configuration may hold and that the API takes. */
export const guestOptions: ParamTable = { ...plain, ...numbered, ...drives };
