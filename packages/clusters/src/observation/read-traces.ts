import { type PveCaller, readNamedNumbers } from "@coppice/pve";

/** What names numbers outside of their machines' configurations and pools. */
export interface NumberTraces {
  /** Why a number is not free of a former machine, in words. */
  readonly numbers: ReadonlyMap<number, string>;
  /** Everything that Proxmox takes a number out of on request could be seen. */
  readonly isWhole: boolean;
}

/**
 * Reads what names numbers: four GETs, however many numbers are asked about. Firewall rules of a number are one file
 * each, which only the program on a node sees without a call for each.
 */
export async function readTraces({ client }: { readonly client: PveCaller }): Promise<NumberTraces> {
  const { rights, ha, backup, replication } = await readNamedNumbers(client);
  const found = [
    ...named(rights, (vmid) => `rights are given on /vms/${vmid}`),
    ...named(ha, () => "HA names it"),
    ...named(backup, () => "a backup job names it"),
    ...named(replication, () => "a replication job names it"),
  ];
  const isWhole = [ha, backup, replication].every((part) => part !== undefined);
  return { numbers: new Map(found), isWhole };
}

function named(numbers: readonly number[] | undefined, why: (vmid: number) => string): [number, string][] {
  return (numbers ?? []).map((vmid) => [vmid, why(vmid)]);
}
