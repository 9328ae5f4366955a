import { type RightPlace, type RightRow, rightsTable, type Work } from "@coppice/clusters";

const PATHS: Readonly<Record<RightPlace, string>> = {
  machines: "`/vms` or `/pool/<pool>`",
  template: "`/vms/<template>`",
  storage: "`/storage/<storage>`",
  "data storage": "`/storage/<storage of data disks>`",
  network: "`/sdn/zones/localnetwork/<bridge>`, or the virtual network in its zone",
  pool: "`/pool/<pool>`",
  "former pool": "`/pool/<pool of before>`",
  nodes: "`/nodes`",
  root: "`/`",
};

const WORDS: Readonly<Record<Work, string>> = {
  create: "make seats",
  clone: "make or reset seats by `linked`",
  start: "start seats",
  stop: "stop them",
  change: "change them",
  reset: "reset",
  undo: "undo",
  remove: "remove",
  free: "free former disks",
  quorum: "look for quorum",
  "data disk": "make data disks",
  "cloud-init drive": "add a cloud-init drive to a clone",
  "join pool": "join a pool",
  "leave pool": "leave one",
  generation: "copy a generation",
  publish: "copy a seat to a generation",
  "drop data disk": "leave its data disk out",
  "move copy": "copy a generation to several nodes",
  spread: "spread seats",
};

/** The table of rights as the page on permissions shows it. What every class needs is bold. */
export function permissionsTable(): string {
  const head = ["| right | on | to | without it |", "|---|---|---|---|"];
  return [...head, ...rightsTable.map(line), ""].join("\n");
}

function line({ privilege, on, for: works, without, vital, or }: RightRow): string {
  const right = vital ? `**${privilege}**` : privilege;
  const other = or === undefined ? "" : `; ${or.privilege} on ${PATHS[or.on]} does as well`;
  return `| ${right} | ${PATHS[on]} | ${works.map((work) => WORDS[work]).join(", ")} | ${without}${other} |`;
}
