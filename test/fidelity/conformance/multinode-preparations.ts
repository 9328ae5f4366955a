import type { Preparation, Step } from "./preparation.ts";

/** Where one release's recording of several nodes shows that something was done by hand before it. */
interface Places {
  readonly pve: "8.4" | "9.2";
  /** The creates that left a guest with nothing but its lock, and the line that shows them first. */
  readonly halfMade: { readonly before: number; readonly guests: readonly (readonly [string, number])[] };
  /** Enough time had passed for pvestatd to tell of every guest. */
  readonly told: readonly number[];
}

const releases: readonly Places[] = [
  {
    pve: "8.4",
    halfMade: {
      before: 372,
      guests: [
        ["pve2", 6103],
        ["pve1", 6105],
      ],
    },
    told: [30, 416],
  },
  {
    pve: "9.2",
    halfMade: {
      before: 372,
      guests: [
        ["pve1", 6112],
        ["pve1", 6114],
      ],
    },
    told: [434],
  },
];

/** What the files of a plain folder, unlike those of pmxcfs, let happen: guests under numbers that another node has. */
const tooMuch = ["100.conf", "x.tmp", "y.tmp"];

/** The links that it let be made. */
const links = ["300.conf", "301.conf"];

function iso(node: string): Step {
  return {
    node,
    folder: "/var/lib/vz/template/iso",
    image: ["create", "-q", "-f", "raw", "debian.iso", "1M"],
  };
}

function preparationsOf({ pve, halfMade, told }: Places): Preparation[] {
  const place = (before: number, ...steps: Step[]) => ({ group: "multinode", pve, before, steps });
  const round: Step = { statusRound: true };
  return [
    place(105, iso("pve1"), iso("pve2")),
    place(129, ...links.map((name): Step => ({ remove: `nodes/pve2/qemu-server/${name}` }))),
    place(133, ...tooMuch.map((name): Step => ({ remove: `nodes/pve2/qemu-server/${name}` })), {
      remove: "nodes/pve2/lxc/100.conf",
    }),
    place(
      halfMade.before,
      ...halfMade.guests.map(
        ([node, vmid]): Step => ({ file: `nodes/${node}/qemu-server/${vmid}.conf`, edit: ["lock: create"] }),
      ),
      { call: ["PUT", "/nodes/pve1/qemu/100/config", { name: "n19", tags: "t49" }] },
    ),
    ...told.map((before) => place(before, round)),
  ];
}

function post(path: string, params: Readonly<Record<string, string>> = {}): Step {
  return { call: ["POST", `/nodes/${path}`, params] };
}

/** The machines go where the recorded ones were, whose QEMU could not move 407 and whose fenced node ran on. */
const asRecorded: readonly Preparation[] = [
  {
    before: 655,
    steps: [
      post("pve2/qemu/407/migrate", { target: "pve1", online: "1", "with-local-disks": "1" }),
      { statusRound: true } as const,
    ],
  },
  { before: 657, steps: [post("pve1/qemu/407/status/stop"), post("pve1/qemu/408/status/stop")] },
  { before: 720, steps: [post("pve2/qemu/400/status/start")] },
  // Its task stands in the list of line 765.
  { before: 745, steps: [post("pve2/qemu/400/status/stop")] },
].map((step) => ({ group: "multinode", pve: "9.2", ...step }));

/** Node pve2 was the quicker one to take the manager's lock of 8.4 (n 563). */
const quickerMaster: readonly Preparation[] = [
  { before: 548, steps: [{ node: "pve1", shell: "systemctl stop pve-ha-crm" }] },
  { before: 563, steps: [{ node: "pve1", shell: "systemctl start pve-ha-crm" }] },
].map((step) => ({ group: "multinode", pve: "8.4", ...step }));

/** What was done by hand while several nodes were recorded. */
export const multinodePreparations: readonly Preparation[] = [
  ...releases.flatMap(preparationsOf),
  ...asRecorded,
  ...quickerMaster,
];
