import type { Clock } from "@coppice/core";
import { type Emulator, startEmulator } from "@coppice/emulator";

/** The single recorded node ran pmxcfs in its local mode: its corosync.conf names a node that is not it. */
const localMode = `nodelist {
  node {
    name: node1
    nodeid: 1
    quorum_votes: 1
    ring0_addr: 127.0.0.1
  }
}

totem {
  cluster_name: debian
  config_version: 0
}
`;

const storage =
  "dir: local\n\tpath /var/lib/vz\n\tcontent iso,vztmpl,backup,images,rootdir,snippets\n\tprune-backups keep-all=1\n";

/** What a story begins with. */
export interface StoryStart {
  readonly pve: "8.4" | "9.2";
  readonly nodes: number;
  readonly clock: Clock;
}

/** Starts the emulator a story begins with. */
export function startStory({ pve, nodes, clock }: StoryStart): Promise<Emulator> {
  const several = nodes > 1;
  const files: Record<string, string> = several
    ? { "storage.cfg": storage }
    : { "storage.cfg": storage, "corosync.conf": localMode };
  return startEmulator({
    pve,
    nodes,
    hardware: { cpus: 2, kvm: false },
    seed: "bare",
    membership: "separate",
    files,
    clock,
    authDelay: 0,
    rootPassword: "conformance-root",
    token: false,
  });
}
