import { stackOf } from "../../base-generation/generation-mark.ts";
import { hostName, markTag, type PlannedSeat } from "../plan/plan-pool.ts";
import type { PoolRun } from "../run/pool-run.ts";
import { addressOf } from "./seat-address.ts";
import type { SeatCloudInit } from "./seat-cloud-init.ts";
import { seatIdentity } from "./seat-identity.ts";
import type { SeatMachineWish } from "./seat-machine.ts";
import { networkKeys } from "./seat-machine.ts";

/** What a seat's machine should be, from the pool's inputs and the seat's place in it. */
export function seatWish(run: PoolRun, seat: PlannedSeat, takenMacs: Set<string>): SeatMachineWish {
  const { inputs, mark } = run;
  const cards = networkKeys(inputs.base.config).length;
  const { hardware, network, dataDisk } = inputs;
  return {
    vmid: seat.vmid,
    hostName: hostName(inputs, seat.seat),
    identity: seatIdentity(mark, seat.seat, cards, run.macPrefix, takenMacs),
    description: seatDescription(run, seat.seat),
    tags: ["coppice", markTag(mark), ...(inputs.tags ?? [])],
    ...(hardware?.cores && { cores: hardware.cores }),
    ...(hardware?.memoryMiB && { memoryMiB: hardware.memoryMiB }),
    ...(network?.bridge && { bridge: network.bridge }),
    ...(network?.tag && { vlan: network.tag }),
    ...(inputs.cloudInit && { cloudInit: seatCloudInit(run, seat) }),
    ...(dataDisk && {
      dataDisk: { sizeGiB: dataDisk.sizeGiB, storage: dataDisk.storage ?? inputs.base.storage },
    }),
  };
}

/** What a machine's notes say: who manages it, for people and for our own search. */
export function seatDescription(run: Pick<PoolRun, "mark" | "context">, seat: string): string {
  const { stack, project } = stackOf(run.context.urn);
  return `managed by Coppice, stack ${project}/${stack}\n\n${seatMark(run.mark, seat)}`;
}

/** The line in a machine's notes that proves whose it is. */
export function seatMark(mark: string, seat: string): string {
  return `coppice:${mark}/${seat}`;
}

function seatCloudInit(run: PoolRun, { index }: PlannedSeat): SeatCloudInit {
  const { address, ...shared } = run.inputs.cloudInit ?? {};
  return { ...shared, ...(address !== undefined && { address: addressOf(address, index) }) };
}
