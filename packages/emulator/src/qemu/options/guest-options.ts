import { indexed, type ParamTable } from "../../schema/param-table.ts";
import { driveFormats } from "./drive-formats.ts";
import { netFormat } from "./net-format.ts";
import { plainOptions } from "./plain-options.ts";

// Facts of the public API description (pve-docs 9.1.3, api-viewer): the options of a virtual machine.
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
export const guestOptions: ParamTable = { ...plainOptions, ...numbered, ...drives };
