import type { Fields, RecordType } from "../description/field.ts";

/** Where a seat's machine is. */
export const seatPlace: RecordType = {
  name: "SeatPlace",
  sentence: "Where a seat's machine is.",
  fields: {
    vmid: { kind: "whole", sentence: "Its number.", required: true },
    node: { kind: "text", sentence: "Its node.", required: true },
    mac: {
      kind: "text",
      mayBeEmpty: true,
      sentence: "MAC of its first network card; empty without one.",
      required: true,
    },
    addresses: {
      kind: "list",
      items: { kind: "text" },
      sentence:
        "Addresses that its guest agent told at the last refresh, or at a run that found it running; absent where none did.",
    },
  },
};

/** Every seat's machine, by the seat's name. */
export const seatsOutput = {
  kind: "map",
  values: { kind: "record", type: seatPlace },
  sentence: "Every seat's machine by the seat's name.",
  required: true,
} as const satisfies Fields[string];

const formerDisks: RecordType = {
  name: "FormerDisks",
  sentence: "What a seat's former disks stand on, and how long they can be taken back.",
  fields: {
    generation: { kind: "whole", sentence: "Their generation.", required: true },
    until: {
      kind: "whole",
      large: true,
      sentence: "Until when, in milliseconds since 1970.",
      required: true,
    },
  },
};

const seatFailure: RecordType = {
  name: "SeatFailure",
  sentence: "Why a seat is not as wanted.",
  fields: {
    code: { kind: "text", sentence: "The code of the error.", required: true },
    reason: { kind: "text", sentence: "What happened, in words.", required: true },
  },
};

/** What differs on a seat from what the pool says of all; kept small, since a class may have a thousand seats. */
export const seatException: RecordType = {
  name: "SeatException",
  sentence: "What differs on a seat from what the pool says of all.",
  fields: {
    generation: { kind: "whole", sentence: "Generation that its disk stands on." },
    reset: { kind: "text", sentence: "The last reset that was carried out." },
    undo: { kind: "text", sentence: "The last undo that was carried out." },
    former: { kind: "record", type: formerDisks, sentence: "Its former disks." },
    declined: {
      kind: "whole",
      sentence: "A generation that it did not take: by an undo, or since somebody had written to its disk.",
    },
    unfinished: {
      kind: "one-of",
      options: [{ kind: "record", type: seatFailure }, { kind: "text" }],
      sentence: "Why it is not as wanted; 0.1.0 wrote the reason alone.",
    },
    place: {
      kind: "whole",
      from: 0,
      sentence: "Its place in the row of fixed addresses, where it is not the one in the order of the seats.",
    },
    unstarted: { kind: "flag", sentence: "It was to be started, and was not." },
    drift: {
      kind: "text",
      sentence: "Settings found changed from outside: what they are, and what is declared.",
    },
    gone: { kind: "flag", sentence: "Its machine was found gone; it has none." },
  },
};
