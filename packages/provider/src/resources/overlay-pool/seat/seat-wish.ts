import { type DataDisk, networkCards, ownTags, seatDescription, wishedTags } from "@coppice/clusters";
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
  const { hardware, network } = inputs;
  const cards = networkCards(inputs.base.config, network).length;
  const dataDisk = dataDiskOf(run);
  return {
    vmid: seat.vmid,
    hostName: hostName(inputs, seat.seat),
    identity: seatIdentity(mark, seat.seat, cards, run.macPrefix, takenMacs),
    description: seatDescription(run.context.urn, mark, seat.seat),
    tags: ownTags(mark, wishedTags(inputs)),
    ...(hardware && { hardware }),
    ...(network && { network }),
    ...(inputs.cloudInit && { cloudInit: seatCloudInit(run, seat) }),
    ...(dataDisk && { dataDisk }),
  };
}

/** On a storage of files a disk is raw where nothing is said, and a machine with one cannot be snapshotted. */
function dataDiskOf({ inputs, dataStorage }: ClassRun): DataDisk | undefined {
  const { dataDisk, base } = inputs;
  if (dataDisk === undefined) return undefined;
  const storage = dataDisk.storage ?? base.storage;
  const isFile = dataStorage?.hasFiles === true;
  return { storage, sizeGiB: parseSize(dataDisk.size) / GIB, ...(isFile && { format: "qcow2" }) };
}

function seatCloudInit(run: ClassRun, { place }: PlannedSeat): SeatCloudInit {
  const { address, ...shared } = run.inputs.cloudInit ?? {};
  return { ...shared, ...(address !== undefined && { address: addressOf(address, place) }) };
}
