import { CoppiceError } from "@coppice/core";

/** The refusal to take the last resets of seats back whose disks from before are not kept. */
export function noFormer(seats: readonly string[]): CoppiceError {
  const names = seats.map((seat) => `'${seat}'`).join(", ");
  const of = seats.length === 1 ? `reset of seat ${names}` : `resets of seats ${names}`;
  const orders = seats.map((seat) => `'undo["${seat}"]'`).join(", ");
  return new CoppiceError("pool.no-former", {
    what: `The last ${of} cannot be taken back`,
    why: "no former disk of it is kept",
    wayOut: `Take ${orders} out of the inputs; 'publish.undoFor' says how long disks are kept after a reset`,
  });
}
