import type { ObservedCluster, ObservedGuest, OpenCluster } from "@coppice/clusters";
import { type BaseGenerationInputs, CoppiceError } from "@coppice/core";
import { type GuestConfig, isDown, readGuestConfig, readGuestStatus } from "@coppice/pve";

/** The machine that a generation is made from. */
export interface Source {
  readonly guest: ObservedGuest;
  readonly config: GuestConfig;
}

/** Finds the source and refuses one that cannot become a base. */
export async function findSource(
  cluster: OpenCluster,
  observed: ObservedCluster,
  inputs: BaseGenerationInputs,
): Promise<Source> {
  const guest = observed.guests.get(inputs.source);
  if (guest === undefined) throw noSource(inputs);
  const config = await readGuestConfig(cluster.client, guest);
  if (!config.template) {
    const found = await readGuestStatus(cluster.client, guest);
    if (!isDown(found)) throw notStopped(inputs, guest, found.status);
  }
  return { guest, config };
}

function noSource({ source, cluster, class: name, number }: BaseGenerationInputs): CoppiceError {
  return new CoppiceError("generation.no-source", {
    what: `Generation ${number} of class '${name}' cannot be made`,
    why: `cluster '${cluster}' shows no guest ${source}`,
    wayOut: "Name a template that exists, and give the token VM.Audit on it",
  });
}

function notStopped(
  { class: name, number }: BaseGenerationInputs,
  guest: ObservedGuest,
  status: string,
): CoppiceError {
  return new CoppiceError("generation.source-running", {
    what: `Generation ${number} of class '${name}' cannot be made from guest ${guest.vmid}`,
    why:
      status === "stopped"
        ? "HA is about to start it, and its disk would change while it is copied"
        : `it is ${status}, and its disk changes while it is copied`,
    wayOut: `Shut ${guest.vmid} down first`,
  });
}
