import { networkKeys, ownTags, seatDescription } from "@coppice/clusters";
import { parseSize } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";
import { hostName } from "../plan/plan-class.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { addressOf } from "./seat-address.ts";
import type { SeatCloudInit } from "./seat-cloud-init.ts";
import { seatIdentity } from "./seat-identity.ts";
import type { SeatMachineWish } from "./seat-machine.ts";

const GIB = 2 ** 30;

/** What a seat's machine should be, from the class's inputs and the seat's place in it. */
export function seatWish(run: ClassRun, seat: PlannedSeat, takenMacs: Set<string>): SeatMachineWish {
  const { inputs, mark } = run;
  const cards = networkKeys(inputs.base.config).length;
  const { hardware, network, dataDisk } = inputs;
  return {
    vmid: seat.vmid,
    hostName: hostName(inputs, seat.seat),
    identity: seatIdentity(mark, seat.seat, cards, run.macPrefix, takenMacs),
    description: seatDescription(run.context.urn, mark, seat.seat),
    tags: ownTags(mark, inputs.tags),
    ...(hardware && { hardware }),
    ...(network?.bridge && { bridge: network.bridge }),
    ...(network?.tag && { vlan: network.tag }),
    ...(inputs.cloudInit && { cloudInit: seatCloudInit(run, seat) }),
    ...(dataDisk && {
      dataDisk: { sizeGiB: parseSize(dataDisk.size) / GIB, storage: dataDisk.storage ?? inputs.base.storage },
    }),
  };
}

function seatCloudInit(run: ClassRun, { index }: PlannedSeat): SeatCloudInit {
  const { address, ...shared } = run.inputs.cloudInit ?? {};
  return { ...shared, ...(address !== undefined && { address: addressOf(address, index) }) };
}
