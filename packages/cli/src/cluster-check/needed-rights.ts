/** What a cluster is to be checked for. */
export interface CheckScope {
  readonly storage: string;
  readonly bridge: string;
  /** An existing Proxmox pool, when machines are to be members of one. */
  readonly pool?: string;
}

/** A right with what it is for. Each was measured by taking it away alone from a token of a genuine 8.4. */
export interface NeededRight {
  readonly path: string;
  readonly privileges: readonly string[];
  readonly disables: string;
  /** Without it no machine can be made. */
  readonly isVital: boolean;
}

/** Every right that some part of a class needs. */
export function neededRights({ storage, bridge, pool }: CheckScope): readonly NeededRight[] {
  const vital = (path: string, disables: string, ...privileges: string[]) => ({
    path,
    privileges,
    disables,
    isVital: true,
  });
  const further = (path: string, disables: string, ...privileges: string[]) => ({
    path,
    privileges,
    disables,
    isVital: false,
  });
  const membership = "machines cannot become members of the pool, nor leave it";
  return [
    vital("/vms", "no machine can be made or removed", "VM.Allocate"),
    vital("/vms", "templates and machines cannot be read", "VM.Audit"),
    vital("/vms", "no machine can be given its hardware", ...CONFIG_RIGHTS),
    vital(`/sdn/zones/localnetwork/${bridge}`, "no machine can be connected to the bridge", "SDN.Use"),
    vital(`/storage/${storage}`, "free space cannot be checked", "Datastore.Audit"),
    further("/vms", "machines cannot be started, nor stopped for a reset", "VM.PowerMgmt"),
    further("/vms", "no method 'linked', no generation out of a machine", "VM.Clone"),
    further(
      `/storage/${storage}`,
      "no data disks, no method 'linked', no generation out of a machine; former disks stay after a reset",
      "Datastore.AllocateSpace",
    ),
    further("/nodes", "machines are spread without a look at free memory", "Sys.Audit"),
    ...(pool === undefined ? [] : [further(`/pool/${pool}`, membership, "Pool.Allocate")]),
  ];
}

const CONFIG_RIGHTS = ["CPU", "Disk", "HWType", "Memory", "Network", "Options"].map(
  (name) => `VM.Config.${name}`,
);
