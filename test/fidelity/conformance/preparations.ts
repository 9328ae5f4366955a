import { multinodePreparations } from "./multinode-preparations.ts";
import type { Preparation, Step } from "./preparation.ts";

const images = "/var/lib/vz/images";

function overlayArgs(backing: string, name: string): string[] {
  return ["create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", backing, name];
}

function overlay(vmid: number, backing: string): Step {
  return { folder: `${images}/${vmid}`, image: overlayArgs(backing, `vm-${vmid}-disk-0.qcow2`) };
}

function disk(vmid: number, name: string, size: string): Step {
  return { folder: `${images}/${vmid}`, image: ["create", "-q", "-f", "qcow2", name, size] };
}

function right(path: string, user: string, role: string): Step {
  return { call: ["PUT", "/access/acl", { path, users: user, roles: role }] };
}

/** A template as the reset story finds it: what its full clone's config shows (line 15). */
function template(vmid: number, name: string): Step[] {
  const hardware = {
    cores: "1",
    memory: "256",
    kvm: "0",
    agent: "1",
    ostype: "l26",
    serial0: "socket",
    scsihw: "virtio-scsi-pci",
  };
  const parts = {
    net0: "virtio,bridge=vmbr0",
    scsi0: "local:1,format=qcow2",
    ide2: "local:cloudinit,format=qcow2",
    boot: "order=scsi0",
  };
  const params = { vmid: String(vmid), name, ...hardware, ...parts, ciuser: "held", ipconfig0: "ip=dhcp" };
  return [
    { call: ["POST", "/nodes/pve1/qemu", params] },
    { call: ["POST", `/nodes/pve1/qemu/${vmid}/template`, {}] },
  ];
}

const withImport = "iso,vztmpl,backup,images,rootdir,snippets,import";

/** All preparations. */
export const preparations: readonly Preparation[] = [
  // The recorder looked whether its password was right: line 150 of `cluster` tells of one more login.
  {
    group: "auth",
    before: 1,
    steps: [{ call: ["POST", "/access/ticket", { username: "root@pam", password: "conformance-root" }] }],
  },
  {
    group: "cluster",
    before: 145,
    unless: "pools",
    steps: [{ call: ["POST", "/pools", { poolid: "labs" }] }],
  },
  { group: "qemu-create", before: 1, steps: [{ call: ["PUT", "/storage/local", { content: withImport }] }] },
  // A node's /etc/passwd, as long as the recorded one.
  {
    group: "qemu-create",
    before: 38,
    steps: [{ folder: "/etc", image: ["create", "-q", "-f", "raw", "passwd", "1536"] }],
  },
  { group: "qemu-create", before: 31, steps: [disk(910, "vm-910-disk-0.qcow2", "2G")] },
  { group: "qemu-config", before: 90, steps: [right("/vms/900", "alice@pve", "PVEVMUser")] },
  {
    group: "qemu-config",
    before: 98,
    steps: [{ file: "nodes/pve1/qemu-server/900.conf", edit: ["lock: backup"] }],
  },
  // The snapshots that were rolled back to in between are kept apart.
  {
    group: "qemu-power",
    before: 153,
    unless: "snapshots",
    steps: [{ call: ["PUT", "/nodes/pve1/qemu/900/config", { vmgenid: "1" }] }],
  },
  {
    group: "qemu-power",
    before: 232,
    steps: [{ call: ["PUT", "/nodes/pve1/qemu/901/config", { cores: "64" }] }],
  },
  {
    group: "qemu-power",
    before: 235,
    steps: [{ call: ["PUT", "/nodes/pve1/qemu/901/config", { delete: "cores" }] }],
  },
  {
    group: "overlay",
    before: 1,
    steps: [
      { call: ["PUT", "/storage/local", { content: withImport }] },
      { call: ["POST", "/access/users", { userid: "carol@pve", password: "carolpass1" }] },
      { call: ["POST", "/pools", { poolid: "labc" }] },
      right("/pool/labc", "carol@pve", "PVEVMAdmin"),
      right("/storage/local", "carol@pve", "PVEDatastoreUser"),
    ],
  },
  {
    group: "overlay",
    before: 3,
    steps: [
      { folder: "/srv/golden", image: ["create", "-q", "-f", "qcow2", "g.qcow2", "1G"] },
      overlay(910, `${images}/900/base-900-disk-0.qcow2`),
      overlay(911, "../900/base-900-disk-0.qcow2"),
      overlay(912, "../900/base-900-disk-0.qcow2"),
      overlay(913, "/srv/golden/g.qcow2"),
    ],
  },
  {
    group: "overlay",
    before: 68,
    steps: [
      disk(930, "vm-930-disk-0.qcow2", "1G"),
      disk(930, "vm-930-disk-7.qcow2", "1G"),
      disk(930, "custom.qcow2", "1G"),
      disk(940, "vm-940-disk-0.qcow2", "1G"),
      disk(941, "vm-941-disk-0.qcow2", "1G"),
    ],
  },
  {
    group: "storage",
    before: 35,
    steps: [
      { folder: "/var/lib/vz2/images/700", image: overlayArgs("vm-700-disk-0.qcow2", "vm-700-disk-5.qcow2") },
    ],
  },
  {
    group: "reset",
    before: 1,
    steps: [
      { call: ["PUT", "/storage/local", { content: withImport }] },
      { token: ["root@pam", "held"] },
      ...template(9000, "held-tpl"),
      ...template(9100, "held-tpl9100"),
      { statusRound: true },
    ],
  },
  ...multinodePreparations,
];
