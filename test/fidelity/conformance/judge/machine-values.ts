import type { Row } from "./rows.ts";

/** Numbers of the moment: only their kind is compared. */
export const ofTheMoment = new Set(
  "pressurecpusome pressurecpufull pressureiosome pressureiofull pressurememorysome pressurememoryfull pid pstart starttime endtime time localtime uptime cpu mem memhost disk used avail free available used_fraction ctime mtime wait idle balloon_min netin netout diskread diskwrite timestamp notafter notbefore expire_time lastchange freemem shares arcsize iowait loadavg memused memavailable memtotal swapused swaptotal rootused roottotal n_processed upgrade uid".split(
    " ",
  ),
);

/** Numbers of the machine: the same one wherever the recorded one is. */
const ofTheMachine = new Set(
  "maxcpu cpus total maxmem maxdisk mhz sockets cores user_hz size cgroup-mode".split(" "),
);

/** Texts of the machine or the moment. */
const textsOfTheMachine = new Set(
  "mhz hvm model flags vendor kversion san subject issuer data_digest id_log client-key cert password dns1 uid serverid".split(
    " ",
  ),
);

/** A kernel's own texts; `version` is a fact elsewhere. */
const ofTheKernel = new Set(["version", "release", "machine", "sysname"]);

/** Fields that come and go with what a running machine has told its node. */
const optional = new Set(
  "pressurecpusome pressurecpufull pressureiosome pressureiofull pressurememorysome pressurememoryfull balloon_min balloon blockstat nics ballooninfo proxmox-support running-machine running-qemu serial freemem shares".split(
    " ",
  ),
);

/** Of an archive's rows: a rate needs two samples. */
const rates = new Set(["diskread", "diskwrite", "netin", "netout"]);

/** How a value is compared: as it is, as one that is the same wherever it stands, or by its kind alone. */
export type Strictness = "exact" | "constant" | "kind";

/** Whether a row tells of a guest that is not running: nothing about it is of the moment, its figures are all 0. */
function isStill(row: Row): boolean {
  return "vmid" in row && row["status"] === "stopped" && row["qmpstatus"] !== "running";
}

/** How strictly a field is compared, by its recorded row. */
export function strictnessOf(key: string, row: Row, value: unknown): Strictness {
  const guest = "vmid" in row;
  if (typeof value === "number") {
    if (ofTheMoment.has(key)) return isStill(row) ? "exact" : "kind";
    return ofTheMachine.has(key) && !guest ? "constant" : "exact";
  }
  if (key === "loadavg") return "kind";
  if (ofTheKernel.has(key) && "machine" in row) return "constant";
  return textsOfTheMachine.has(key) ? "constant" : "exact";
}

/** Whether a field of a row may be missing on one side. */
export function mayBeMissing(key: string, row: Row): boolean {
  if ("time" in row && rates.has(key)) return true;
  return optional.has(key) && !isStill(row);
}
