/** A difference that stands, with its reason. One that matches again is reported, so that this list shrinks. */
export interface Accepted {
  readonly group: string;
  readonly n: number;
  /** Only on this version; both when missing. */
  readonly pve?: "8.4" | "9.2";
  readonly reason: string;
}

const folder =
  "an ordinary folder stands for pmxcfs: a vmid that another node has is taken away only when the shell has ended, hard links are possible, and it shows an ordinary folder's modes and the folders of nodes that have not joined";
const keys =
  "a joining node takes over the cluster's ticket key; here all nodes share one from the start, so the old ticket stays good";
const tools = "the recorded machine's own tools, modes and file attributes, not Proxmox's";

const stale =
  "recorded seconds before pvestatd's next round, replayed after it (or the other way round): the rows of guests are as old as the round";
const haRound =
  "recorded seconds before the next round of HA's daemons, replayed after it: a guest that was just moved counts as started, a node that came back as active";
const live =
  "the recorded QEMU, without Proxmox's patches, could not move a running machine's local disk (line 645 says so); a genuine one can, so guest 407 is elsewhere and 407 and 408 run on";
const unfenced =
  "the recorded node had no watchdog and was not switched off when it was fenced (line 718 says so), so its guest 400 ran on; a genuine one stops";

function multinode(reason: string, ...numbers: readonly number[]): Accepted[] {
  return numbers.map((n) => ({ group: "multinode", n, pve: "9.2", reason }));
}

/** All accepted differences. */
export const accepted: readonly Accepted[] = [
  {
    group: "cluster",
    n: 175,
    reason:
      "the journal is a stream written by a helper program, with its own content type; the recording holds its compressed bytes",
  },
  {
    group: "cluster",
    n: 176,
    reason: "a stand-in module of the recorded machine died; a genuine node answers the status",
  },
  {
    group: "overlay",
    n: 98,
    reason:
      "the recorded list is empty although the user may audit both guests through the pool; why pveproxy left them out is not known, and nothing in its source says it should",
  },
  ...multinode(folder, 121, 122, 123, 124, 125, 126, 127, 128, 129, 132, 134, 288, 487, 514, 562, 727),
  ...multinode(keys, 23, 24, 659, 660),
  ...multinode(tools, 61, 212, 336),
  ...multinode(
    "a task so short that it has ended when it is asked for; the recorded one was still running",
    96,
  ),
  ...multinode("a stand-in for calendar events on the recorded machine refused 'daily'", 480),
  ...multinode("HA files what its nodes did under names that are made up anew each time", 582, 713),
  ...multinode(haRound, 712, 722, 724),
  ...multinode(live, 655, 714, 748),
  ...multinode(`${live}; ${unfenced}`, 721, 739),
  ...multinode(`${live}; ${unfenced}; ${haRound}`, 726),
  { group: "qemu-clone", n: 277, reason: stale },
];
