/** What a cluster is to be checked for. */
export interface CheckScope {
  readonly storage: string;
  readonly bridge: string;
  /** An existing Proxmox pool, when machines are to be members of one. */
  readonly pool?: string;
  /** The number of the template, when only it is to be readable. */
  readonly template?: string;
}

/** A right with what it is for. Each was found by taking it away alone (docs/proxmox-facts.md#least-rights). */
export interface NeededRight {
  /** On one of these. */
  readonly paths: readonly string[];
  readonly privileges: readonly string[];
  readonly disables: string;
  /** Without it no machine can be made. */
  readonly isVital: boolean;
}

type Rights = (disables: string, ...privileges: string[]) => NeededRight;

/** Rights on machines: on all of them, or on those of the pool, whose members have what is granted on it. */
export function machineRights({ pool }: CheckScope): readonly NeededRight[] {
  const { vital, further } = rightsOn("/vms", ...(pool === undefined ? [] : [`/pool/${pool}`]));
  return [
    vital("no machine can be made or removed", "VM.Allocate"),
    vital("machines cannot be read", "VM.Audit"),
    vital("no machine can be given its hardware", ...CONFIG_RIGHTS),
    further("machines cannot be started, nor stopped for a reset", "VM.PowerMgmt"),
    further("no method 'linked', no generation out of a machine", "VM.Clone"),
  ];
}

/** Every other right that some part of a class needs. */
export function otherRights({ storage, bridge, template }: CheckScope): readonly NeededRight[] {
  const onStorage = rightsOn(`/storage/${storage}`);
  const onBridge = rightsOn(`/sdn/zones/localnetwork/${bridge}`);
  return [
    ...(template === undefined ? [] : templateRights(template)),
    onBridge.vital("no machine can be connected to the bridge", "SDN.Use"),
    onStorage.vital("free space cannot be checked", "Datastore.Audit"),
    onStorage.further(
      "no data disks, no method 'linked', no generation out of a machine; former disks stay after a reset",
      "Datastore.AllocateSpace",
    ),
    rightsOn("/nodes").further("machines are spread without a look at free memory", "Sys.Audit"),
    rightsOn("/").further(
      "quorum is not looked at before a run, only proved before each removal; the MAC prefix is not seen",
      "Sys.Audit",
    ),
  ];
}

function templateRights(template: string): NeededRight[] {
  const { vital, further } = rightsOn(`/vms/${template}`);
  return [
    vital("the template cannot be read", "VM.Audit"),
    further("no method 'linked', no copy of the template", "VM.Clone"),
  ];
}

/** What adds machines to a pool that were made outside it. */
export function membershipRights(pool: string): NeededRight {
  return rightsOn(`/pool/${pool}`).further(
    "machines cannot become members of the pool, nor leave it",
    "Pool.Allocate",
  );
}

function rightsOn(...paths: string[]): { readonly vital: Rights; readonly further: Rights } {
  return {
    vital: (disables, ...privileges) => ({ paths, privileges, disables, isVital: true }),
    further: (disables, ...privileges) => ({ paths, privileges, disables, isVital: false }),
  };
}

const CONFIG_RIGHTS = ["CPU", "Disk", "HWType", "Memory", "Network", "Options"].map(
  (name) => `VM.Config.${name}`,
);
