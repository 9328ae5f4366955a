/**
 * What the recorder did by hand between two recorded lines: files it laid out, rights it granted over SSH. Found by what
 * the lines after it show; each step runs once, before the line it names.
 */
export interface Preparation {
  readonly group: string;
  /** The line before which it happens. */
  readonly before: number;
  /** Only when this group is not part of the corpus. */
  readonly unless?: string;
  readonly steps: readonly Step[];
}

/** One thing done by hand. */
export type Step =
  /** An API call as root. */
  | { readonly call: readonly ["POST" | "PUT" | "DELETE", string, Readonly<Record<string, string>>] }
  /** `qemu-img` in a folder of the first node, with paths as the node sees them. */
  | { readonly image: readonly string[]; readonly folder: string; readonly node?: string }
  /** Lines added to or, with a leading `-`, taken out of a file below /etc/pve. */
  | { readonly file: string; readonly edit: readonly string[] }
  /** The nodes' status daemons have made their round. */
  | { readonly statusRound: true }
  /** HA has brought its guests to where they were asked to be. */
  | { readonly haRounds: true }
  /** So many seconds of the cluster's clock pass. */
  | { readonly seconds: number }
  /** A file below /etc/pve taken away: what a plain folder let happen and pmxcfs would have refused. */
  | { readonly remove: string }
  /** A token made out of sight. */
  | { readonly token: readonly [owner: string, id: string] };

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

function iso(node: string): Step {
  return {
    node,
    folder: "/var/lib/vz/template/iso",
    image: ["create", "-q", "-f", "raw", "debian.iso", "1M"],
  };
}

/** All preparations. */
export const preparations: readonly Preparation[] = [
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
  // The recorded machine had no usable KVM, so its guest 901 never ran.
  { group: "qemu-clone", before: 238, steps: [{ call: ["POST", "/nodes/pve1/qemu/901/status/stop", {}] }] },
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
  { group: "multinode", before: 105, steps: [iso("pve1"), iso("pve2")] },
  {
    group: "multinode",
    before: 133,
    steps: [
      "qemu-server/100.conf",
      "qemu-server/300.conf",
      "qemu-server/301.conf",
      "lxc/100.conf",
      "qemu-server/x.tmp",
      "qemu-server/y.tmp",
    ].map((name) => ({ remove: `nodes/pve2/${name}` })),
  },
  {
    group: "multinode",
    before: 372,
    steps: [
      { file: "nodes/pve1/qemu-server/6112.conf", edit: ["lock: create"] },
      { file: "nodes/pve1/qemu-server/6114.conf", edit: ["lock: create"] },
      { call: ["PUT", "/nodes/pve1/qemu/100/config", { name: "n19", tags: "t49" }] },
    ],
  },
  // Enough time passed between these lines for pvestatd to tell of every guest.
  { group: "multinode", before: 434, steps: [{ statusRound: true }] },
  // The recorder waited for HA: lines 580, 589, 599 and 604 tell for how long.
  ...[581, 590, 600, 605].map((before) => ({
    group: "multinode",
    before,
    steps: [{ haRounds: true } as const, { statusRound: true } as const],
  })),
  { group: "multinode", before: 677, steps: [{ haRounds: true }, { statusRound: true }] },
  // Line 711 tells that the guest of the lost node went on after 140 s; the requests until here took some 55 s.
  {
    group: "multinode",
    before: 712,
    steps: [{ seconds: 95 }, { haRounds: true }, { statusRound: true }],
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
];
