import type { Clock } from "@coppice/core";
import type { HostKey } from "./host-key.ts";
import type { SshAuth } from "./ssh-auth.ts";

/** Settings of an SSH connection to one node. */
export interface SshNodeSettings {
  /** Its name in the cluster, by which errors call it. @default the host */
  readonly node?: string;
  /** Host name or address. */
  readonly host: string;
  /** Asked when it connects, where the host is a name that may lead nowhere from here: where it is reached. */
  readonly address?: () => Promise<string>;
  /** @default 22 */
  readonly port?: number;
  /** @default "root" */
  readonly user?: string;
  readonly hostKey: HostKey;
  readonly auth: SshAuth;
  readonly clock?: Clock;
  /** Channels at once, 1 to 4: more scripts at once bring nothing on a node. @default 4 */
  readonly channels?: number;
  /** Longest time for connecting, in milliseconds. @default 15000 */
  readonly connectTimeout?: number;
}
