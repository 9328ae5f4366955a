import { volumeKey } from "../storage/volume-names.ts";
import type { Ledger } from "./ledger.ts";
import { isInside } from "./recorded-stack.ts";
import type { SeenFile, SeenFolder, SeenGuest, Sight } from "./sight.ts";
import type { Stray } from "./stray.ts";
import { guestWords, upOf } from "./stray-words.ts";

/** What a storage keeps for a number of a class that no machine has, or beside what its machine names. */
export function judgeFolder(folder: SeenFolder, ledger: Ledger, sight: Sight): Stray[] {
  if (!isInside(ledger.ranges, folder.vmid) || sight.hidden.has(folder.vmid)) return [];
  const guest = sight.guests.get(folder.vmid);
  if (guest !== undefined) return unnamed(folder, guest, ledger);
  return mayBeOurs(folder, ledger) ? [abandoned(folder, ledger)] : [];
}

/** Overlays of somebody else's template at a number of ours are somebody else's work. */
function mayBeOurs({ files, marks }: SeenFolder, ledger: Ledger): boolean {
  const bases = new Set(
    [...ledger.generations, ...ledger.classes.map(({ state }) => ({ state: state.base }))].flatMap(
      ({ state }) => Object.values(state.copies).map(({ vmid }) => vmid),
    ),
  );
  const isOurs = ({ standsOn, isForeign }: SeenFile) =>
    standsOn === undefined ? isForeign !== true : bases.has(standsOn) || isInside(ledger.ranges, standsOn);
  return files.length === 0 || marks.length > 0 || files.some(isOurs);
}

function abandoned({ storage, node, vmid, files, marks }: SeenFolder, ledger: Ledger): Stray {
  const disks = files.map(({ name }) => name).join(", ");
  const has = files.length === 0 ? "an empty image folder" : `an image folder with ${disks}`;
  const maker = marks.flatMap((mark) => ledger.classOf.get(mark) ?? [])[0];
  return {
    kind: "volume",
    what: `Number ${vmid} has ${has} on storage '${storage}' (seen on ${node}), and no machine`,
    why: "It takes room, and new seats pass its number over",
    mend:
      maker !== undefined
        ? `A run of class '${maker.state.class}' was cut off while it made them; its next run takes them away: ${upOf(maker)}`
        : `${byHand(files, vmid, storage)} Look before whether another cluster uses the storage, with a machine of that number`,
    details: { vmid, node, storage, ...(disks !== "" && { files: disks }) },
  };
}

function byHand(files: readonly SeenFile[], vmid: number, storage: string): string {
  if (files.length === 0) return `Remove the folder ${vmid} among the images of '${storage}' by hand.`;
  const commands = files.map(({ volume }) => `\`pvesm free ${volume}\``).join(", ");
  return `Remove what nobody needs: ${commands}.`;
}

/** A machine's snapshots name volumes that its configuration does not: what those hold is not judged. */
function unnamed({ storage, node, vmid, files }: SeenFolder, guest: SeenGuest, { classes }: Ledger): Stray[] {
  const { config } = guest;
  const isRecorded = classes.some(({ state }) =>
    Object.values(state.seats).some((seat) => seat.vmid === vmid),
  );
  if (config === undefined || config.hasSnapshots || !isRecorded) return [];
  const lost = files.filter(({ volume }) => !config.volumes.has(volumeKey(volume)));
  return lost.map(({ name, volume }) => ({
    kind: "volume",
    what: `Disk ${name} of number ${vmid} on storage '${storage}' is named by nothing in the configuration of ${guestWords(guest)}`,
    why: "It takes room, keeps the template that it stands on, and goes with no removal but one that looks for it",
    mend: `Have Proxmox name it again, as unused: \`qm disk rescan --vmid ${vmid}\` on ${guest.node}; then look at it, and free it there`,
    details: { vmid, node, storage, volume },
  }));
}
