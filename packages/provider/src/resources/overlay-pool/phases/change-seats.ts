import {
  driveLines,
  isDataDisk,
  isDriveSlot,
  isSeat,
  ownTags,
  parseConfigLine,
  parseNotes,
  step,
  wishedTags,
  withMarkLine,
  withNotes,
} from "@coppice/clusters";
import { type GuestConfig, type GuestPlace, readGuestConfig } from "@coppice/pve";
import { changeConfig } from "../class-run/change-config.ts";
import { type ClassRun, note } from "../class-run/class-run.ts";
import { eachSeat } from "../class-run/each-seat.ts";
import { firstMac } from "../class-run/record-seat.ts";
import { freeFormer } from "../disks/change-disks.ts";
import { recordedInputs } from "../inputs/recorded-inputs.ts";
import { hardwareParameters } from "../plan/hardware-parameters.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { assertOurs } from "../seat/assert-ours.ts";
import { copyOn } from "../seat/copy-on.ts";
import { cloudInitParameters } from "../seat/seat-cloud-init.ts";
import { type SeatMachine, seatMachine } from "../seat/seat-machine.ts";
import { seatWish } from "../seat/seat-wish.ts";

/**
 * Brings the settings of existing machines to what the class wants. Disks are never touched, and identities only
 * when they were lost; what a running machine cannot take over waits for its next start.
 */
export async function changeSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  await eachSeat(run, seats, "change", (seat) => changeSeat(run, seat));
}

async function changeSeat(run: ClassRun, seat: PlannedSeat): Promise<void> {
  const place = { node: seat.node, vmid: seat.vmid };
  const config = await withoutSpare(run, seat.seat, place);
  assertOurs(run, seat, config);
  const { values, digest, tags } = config;
  const wish = seatWish(run, seat, new Set());
  const { base } = run.inputs;
  // Any copy will do: settings do not depend on it, and a seat may have been moved to where there is none.
  const [copy = copyOn(base, seat.node)] = Object.values(base.copies);
  const { parameters } = seatMachine(base, copy, wish);
  const notes = keptNotes(run, seat.seat, String(parameters["description"] ?? ""), config);
  const password = changedPassword(run, parameters);
  const unset = [...unsetHardware(run, values), ...unsetCloudInit(run, parameters, values)];
  const changes = {
    ...differences({ ...parameters, description: notes }, values),
    ...changedTags(run, tags),
    ...password,
    ...(unset.length > 0 && { delete: unset.join(",") }),
  };
  if (Object.keys(changes).length > 0) {
    await step(run, `change ${seat.seat}`, () =>
      changeConfig(run, place, { ...changes, ...(digest && { digest }) }),
    );
    noteCard(run, seat, changes);
  }
  note(run, seat.seat, { drift: undefined, unfinished: undefined });
}

/** What somebody wrote stays; the mark's line comes back where it is missing. */
function keptNotes({ mark }: ClassRun, seat: string, own: string, config: GuestConfig): string {
  const { description = "" } = config;
  if (isSeat({ mark }, seat, config)) return description;
  const text = description.trim() === "" ? own : withMarkLine(description, { mark, seat });
  return withNotes(text, parseNotes(description));
}

/** A machine that was made without a card may have got its first. */
function noteCard(run: ClassRun, { seat }: PlannedSeat, changes: SeatMachine["parameters"]): void {
  const place = run.seats.get(seat);
  const mac = firstMac(changes);
  if (place?.mac === "" && mac !== "") run.seats.set(seat, { ...place, mac });
}

/** What was said of the hardware once, and neither the class nor its template says now. */
function unsetHardware({ inputs }: ClassRun, values: GuestConfig["values"]): string[] {
  const { hardware, base } = inputs;
  return Object.entries(hardwareParameters(hardware)).flatMap(([key, value]) =>
    value === undefined && base.config[key] === undefined && values[key] !== undefined ? [key] : [],
  );
}

/** What the class said to cloud-init when it was last brought to its machines, and says no more. */
function unsetCloudInit(
  { recorded }: ClassRun,
  wanted: SeatMachine["parameters"],
  values: GuestConfig["values"],
): string[] {
  const { address: _, ...shared } = recorded?.cloudInit ?? {};
  const former = cloudInitParameters(recorded?.cloudInit && shared);
  return Object.keys(former).filter((key) => wanted[key] === undefined && values[key] !== undefined);
}

/** The class's tags in place of those that it had; what somebody else gave a machine stays. Proxmox writes them small. */
function changedTags({ inputs, recorded, mark }: ClassRun, present: readonly string[]): { tags?: string } {
  const small = (tags: readonly string[]) => tags.map((tag) => tag.toLowerCase());
  const former = new Set(small(wishedTags(recorded ?? {})));
  const wanted = new Set([
    ...present.filter((tag) => !former.has(tag)),
    ...small(ownTags(mark, wishedTags(inputs))),
  ]);
  const isSame = wanted.size === present.length && present.every((tag) => wanted.has(tag));
  return isSame ? {} : { tags: [...wanted].join(";") };
}

/** Proxmox never gives a password back: whether it is to be another, only the state can tell. */
function changedPassword(run: ClassRun, { cipassword }: SeatMachine["parameters"]): Record<string, string> {
  const isSame = recordedInputs(run.inputs).cloudInit?.password === run.recorded?.cloudInit?.password;
  return isSame || cipassword === undefined ? {} : { cipassword: String(cipassword) };
}

/** A run that was interrupted after a reset may have left a disk that no undo gives back any more. */
async function withoutSpare(run: ClassRun, seat: string, place: GuestPlace): Promise<GuestConfig> {
  const config = await readGuestConfig(run.cluster.client, place);
  if (parseNotes(config.description).former.length < 2) return config;
  await step(run, `free ${seat}`, () => freeFormer(run, place, 1));
  return await readGuestConfig(run.cluster.client, place);
}

/** Keys that differ, leaving out disks (but a data disk that is missing), the card's identity, and tags. */
function differences(
  wanted: Readonly<Record<string, string | number>>,
  present: Readonly<Record<string, string>>,
): Record<string, string | number> {
  const hasDataDisk = driveLines(present).some(([, line]) => isDataDisk(line));
  const left = new Set(["vmid", "smbios1", "tags"]);
  const changed = Object.entries(wanted).filter(([key, value]) => {
    if (left.has(key)) return false;
    if (isDriveSlot(key))
      return isDataDisk(parseConfigLine(String(value))) && !hasDataDisk && present[key] === undefined;
    return normal(key, value) !== normal(key, present[key] ?? "");
  });
  return Object.fromEntries(changed);
}

/** Proxmox ends notes with a line break, and writes a card's options in its own order. */
function normal(key: string, value: string | number): string {
  if (/^net\d+$/.test(key)) return String(value).split(",").sort().join(",");
  return key === "cipassword" ? "" : String(value).trimEnd();
}
