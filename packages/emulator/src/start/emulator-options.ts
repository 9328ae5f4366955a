import type { Clock } from "@coppice/core";
import type { Hardware } from "../cluster/node.ts";

/** How an emulator is started; everything has a default. */
export interface EmulatorOptions {
  /** Which release to imitate; 9.2 by default. */
  readonly pve?: "8.4" | "9.2";
  /** How many nodes (`pve1` …); 3 by default. */
  readonly nodes?: number;
  /** Where everything is kept. A temporary folder, removed by `stop()`, when missing. */
  readonly data?: string;
  /** The first node's port, the next ones follow; any free ports when missing. */
  readonly port?: number;
  /** The first node's SSH port, the next ones follow; any free ports when missing. */
  readonly sshPort?: number;
  /** Public keys that may log in as root over SSH, besides the emulator's own. */
  readonly authorizedKeys?: readonly string[];
  /** Opens the control port there (0: any free one), on this machine's own address only. */
  readonly controlPort?: number;
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** What every node tells as its own address. One of TEST-NET-1 each by default, where nobody answers. */
  readonly nodeAddress?: string;
  /** `measured` spends the times of a genuine node. */
  readonly latency?: "none" | "measured";
  /** The time everything inside sees; the machine's own by default. */
  readonly clock?: Clock;
  /** Runs the machine's clock faster; not together with `clock`. */
  readonly timeScale?: number;
  /** How long each 401 takes, in milliseconds: 3000 on a genuine node, 0 here by default so that tests are fast. */
  readonly authDelay?: number;
  /** The password of root@pam; a random one when missing. */
  readonly rootPassword?: string;
  /** What there is at the start: the default (storages, a bridge, template 9000) or only the bare nodes. */
  readonly seed?: "default" | "bare";
  /** A YAML file of storages, users, pools, guests … to make at the first start (docs/emulator.md). */
  readonly seedFile?: string;
  /** What each node has; 16 CPUs, 64 GiB and a disk of 500 GiB by default. */
  readonly hardware?: Partial<Hardware>;
  /** The seed of everything random that is not a secret (MACs, UUIDs). */
  readonly randomSeed?: number | string;
  /** `separate` leaves several nodes apart, each alone, until they are joined; `joined` is the default. */
  readonly membership?: "joined" | "separate";
  /** False makes no token `root@pam!coppice`. */
  readonly token?: false;
  /** Files of /etc/pve to write first, by path. */
  readonly files?: Readonly<Record<string, string>>;
}
