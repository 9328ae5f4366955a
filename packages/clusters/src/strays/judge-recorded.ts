import { isSeat, markedSource } from "../ownership/owner-of.ts";
import type { Ledger } from "./ledger.ts";
import type { RecordedClass, RecordedGeneration } from "./recorded-stack.ts";
import type { SeenGuest, Sight } from "./sight.ts";
import type { Stray } from "./stray.ts";
import { guestWords, refreshedUpOf, upOf } from "./stray-words.ts";

/** Machines and templates that a state has, and that are not there, or are somebody else's, or left their pool. */
export function judgeRecorded(ledger: Ledger, sight: Sight): Stray[] {
  return [
    ...ledger.classes.flatMap((recorded) => [...seatsOf(recorded, sight), ...goneOf(recorded)]),
    ...ledger.generations.flatMap((recorded) => copiesOf(recorded, sight)),
  ];
}

function seatsOf(recorded: RecordedClass, sight: Sight): Stray[] {
  const { mark, state } = recorded;
  return Object.entries(state.seats).flatMap(([seat, { vmid }]) => {
    const guest = sight.guests.get(vmid);
    if (sight.hidden.has(vmid)) return [];
    if (guest === undefined) return [lost(recorded, seat, vmid, "is not there")];
    if (guest.config === undefined) return [];
    const signs = { description: guest.config.description, tags: guest.tags };
    if (!isSeat({ mark }, seat, signs))
      return [lost(recorded, seat, vmid, `is another one now: ${guestWords(guest)} does not carry its mark`)];
    return outside(recorded, seat, guest, sight);
  });
}

function lost(recorded: RecordedClass, seat: string, vmid: number, how: string): Stray {
  const { state, stack } = recorded;
  return {
    kind: "state",
    what: `Machine ${vmid} of seat '${seat}' of class '${state.class}' in the state of ${stack} ${how}`,
    why: "Whoever had the seat has no machine, and what was on its disks is gone unless there is a backup",
    mend: `Restore it from a backup under its number, with its notes; or have it made anew, on a fresh disk: ${refreshedUpOf(recorded)}`,
    details: { vmid, stack, class: state.class, seat },
  };
}

/** A refresh found them gone already, and left them out of the seats. */
function goneOf(recorded: RecordedClass): Stray[] {
  const { state, stack } = recorded;
  const gone = Object.entries(state.exceptions ?? {}).filter(([, exception]) => exception.gone === true);
  return gone.map(([seat]) => ({
    kind: "state",
    what: `Seat '${seat}' of class '${state.class}' in the state of ${stack} has no machine: the last refresh found it gone`,
    why: "Whoever had the seat has no machine, and what was on its disks is gone unless there is a backup",
    mend: `Have it made anew, on a fresh disk: ${upOf(recorded)}`,
    details: { stack, class: state.class, seat },
  }));
}

function outside({ state, stack }: RecordedClass, seat: string, guest: SeenGuest, { pools }: Sight): Stray[] {
  const { pool } = state;
  if (pool === undefined || !pools.has(pool) || guest.pool === pool) return [];
  return [
    {
      kind: "mark",
      what: `Machine ${guest.vmid} of seat '${seat}' of class '${state.class}' is no member of pool '${pool}'`,
      why: "Rights and limits that are given on the pool do not reach it",
      mend: `Put it back: \`pvesh set /pools/${pool} --vms ${guest.vmid}${guest.pool === undefined ? "" : " --allow-move 1"}\``,
      details: { vmid: guest.vmid, node: guest.node, stack, class: state.class, seat, pool },
    },
  ];
}

function copiesOf({ mark, state, stack }: RecordedGeneration, sight: Sight): Stray[] {
  return Object.values(state.copies).flatMap(({ vmid }) => {
    const guest = sight.guests.get(vmid);
    const isUnread = guest !== undefined && state.owned && guest.config === undefined;
    if (sight.hidden.has(vmid) || isUnread || isThere(guest, { mark, state })) return [];
    return [
      {
        kind: "state",
        what: `Template ${vmid} of generation ${state.number} of class '${state.class}' in the state of ${stack} is not there`,
        why: "Disks of seats stand on it: without it they cannot be read, and no seat can be made or reset",
        mend: "Restore it from a backup under its number; seats without a disk to read are made anew by `reset` on another generation",
        details: { vmid, stack, class: state.class, generation: state.number },
      },
    ];
  });
}

/** One that Coppice did not make carries no mark. */
function isThere(
  guest: SeenGuest | undefined,
  { mark, state }: Pick<RecordedGeneration, "mark" | "state">,
): boolean {
  if (guest === undefined || !guest.template) return false;
  if (!state.owned) return true;
  const signs = { description: guest.config?.description, tags: guest.tags };
  return markedSource(signs, mark, state.number) !== undefined;
}
