/** A difference that stands, with its reason. One that matches again is reported, so that this list shrinks. */
export interface Accepted {
  readonly group: string;
  readonly n: number;
  /** Only on this version; both when missing. */
  readonly pve?: "8.4" | "9.2";
  readonly reason: string;
}

const folder =
  "an ordinary folder stands for pmxcfs: a vmid that another node has is taken away only when the shell has ended, links are possible, what has no quorum can be written, and it shows an ordinary folder's modes and sizes";
const keys =
  "a joining node takes over the cluster's ticket key; here all nodes share one from the start, so the old ticket stays good";
const machine = "the recorded machine's own network, tools, modes and file attributes, not Proxmox's";
const stale =
  "recorded seconds before pvestatd's next round, replayed after it (or the other way round): the rows of guests are as old as the round";
const haRound =
  "recorded seconds before the next round of HA's daemons, replayed after it: who is master, which guest was just moved or let go, whose word is how old";
const live =
  "the recorded QEMU, without Proxmox's patches, could not move a running machine's local disk (9.2 n 645 says so); a genuine one can, so guest 407 is elsewhere and 407 and 408 run on";
const unpatched =
  "the recorded QEMU lacks Proxmox's patches: `query-backup` fails, and a machine that was moved away stays in `postmigrate`";
const unfenced =
  "the recorded node had no watchdog and was not switched off when it was fenced (9.2 n 718 says so), so its guests ran on; a genuine one stops";
const unseen =
  "the tasks and files of hundreds of creates, clones and races that the recording only sums up stand in the recorded list";
const expected =
  "after `pvecm expected 1` the recorded cluster counted as quorate and not by turns; here it counts as quorate";
const neighbours =
  "how soon the kernel's neighbour table gives a lost node up hangs on what else was sent to it";

function lines(
  group: string,
  pve: "8.4" | "9.2" | undefined,
  reason: string,
  ...numbers: readonly number[]
): Accepted[] {
  return numbers.map((n) => ({ group, n, reason, ...(pve === undefined ? {} : { pve }) }));
}

const older = (reason: string, ...numbers: readonly number[]) =>
  lines("multinode", "8.4", reason, ...numbers);
const newer = (reason: string, ...numbers: readonly number[]) =>
  lines("multinode", "9.2", reason, ...numbers);

/** All accepted differences. */
export const accepted: readonly Accepted[] = [
  ...older(folder, 121, 122, 123, 124, 125, 126, 127, 128, 129, 288, 469, 496),
  ...newer(folder, 121, 122, 123, 124, 125, 126, 127, 128, 129, 288, 487, 514, 727, 773),
  ...older(keys, 23, 24),
  ...newer(keys, 23, 24, 659, 660),
  ...older(machine, 61, 212),
  ...newer(machine, 61, 212, 336),
  ...older(stale, 202, 287),
  ...newer(stale, 287),
  ...lines("qemu-clone", undefined, stale, 277),
  ...lines("reset", "9.2", stale, 93),
  ...older(unpatched, 350, 352),
  ...newer(unpatched, 350, 642, 654),
  ...newer(live, 644, 645, 655, 715, 763, 772),
  ...newer(unfenced, 706, 718, 765),
  ...newer(haRound, 582, 710, 713, 721, 724, 740),
  ...older(unseen, 491, 582),
  ...newer(unseen, 509, 600, 745),
  ...older(expected, 502),
  ...newer(expected, 520),
  ...newer(neighbours, 685, 771),
  ...newer("the recorded daemon ended after this request, and closed its connection", 678),
  ...newer("the recorded task was still running when it was asked for", 96),
  ...older("a stand-in for calendar events on the recorded machine refused 'daily'", 462),
  ...newer("a stand-in for calendar events on the recorded machine refused 'daily'", 480),
  ...lines(
    "cluster",
    undefined,
    "the recorded machine's own packages, Debian's, of which three were kept",
    183,
  ),
  ...lines(
    "cluster",
    undefined,
    "the emulator's keys are elliptic ones, made in a millisecond, not RSA",
    184,
  ),
  {
    group: "cluster",
    n: 175,
    reason:
      "the recorded machine had no program that reads the journal, so its packed stream is empty; clients of a genuine node get JSON",
  },
  {
    group: "cluster",
    pve: "9.2",
    n: 176,
    reason: "a stand-in module of the recorded machine died; a genuine node answers the status",
  },
  {
    group: "overlay",
    n: 98,
    reason:
      "the recorded list is empty although the user may audit both guests through the pool; why pveproxy left them out is not known, and nothing in its source says it should",
  },
];
