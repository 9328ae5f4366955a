export interface RunningGuest {
  readonly vmid: number;
  readonly node: string;
  readonly pid: number;
  /** On the cluster's clock, in milliseconds. */
  readonly startedAt: number;
  /** Whether a system was found to boot: without one nobody answers ACPI, the agent or an unplug. */
  readonly hasSystem: boolean;
  /** That system came from a CD: an installer or a rescue system, without an agent. */
  readonly fromCd?: boolean;
  /** When the system last began to boot (start or reset). */
  readonly bootedAt: number;
  readonly paused: boolean;
}

/** What a test decides about a machine's inside. */
export interface GuestBehaviour {
  /** Busy vCPUs the guest would like to use; what it gets is bounded by its vCPUs and its limit. */
  readonly cpuDemand?: number;
  /** Memory in use, in bytes. */
  readonly memoryBytes?: number;
  /** Whether there is a system on the disk; by default what it boots from decides. */
  readonly system?: boolean;
  /** False for a guest that ignores requests to shut down. */
  readonly obeysShutdown?: boolean;
  /** How long booting takes until the agent answers, in milliseconds. */
  readonly bootMs?: number;
  /** How long a clean shutdown takes, in milliseconds. */
  readonly shutdownMs?: number;
  /** Whether its agent runs; by default it does where the system was booted from a disk. */
  readonly agent?: boolean;
}
