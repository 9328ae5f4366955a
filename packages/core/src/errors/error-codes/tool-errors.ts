import type { ErrorTable } from "./error-description.ts";

/** What can go wrong with the command, its templates and the emulator. */
export const toolErrors = {
  "command.unasked": {
    audience: "user",
    status: 422,
    meaning: "A command that changes something found nobody to ask whether that is meant.",
    wayOut: "Look at its preview and give `--yes`, or run it at a terminal",
  },
  "demo.failed": {
    audience: "operator",
    status: 500,
    meaning: "The demo could not be carried out.",
    wayOut: "Look at what it says last; `coppice doctor` shows what is missing",
  },
  "emulator.control": {
    audience: "user",
    status: 422,
    meaning: "The emulator was asked for something that it cannot do.",
    wayOut: "Correct the request as the message says",
  },
  "emulator.fault-rule": {
    audience: "user",
    status: 422,
    meaning: "A rule for a planted fault cannot be read.",
    wayOut: "Correct the part that is named",
  },
  "emulator.namespace": {
    audience: "operator",
    status: 500,
    meaning: "The shells of emulated nodes cannot be set up on this machine.",
    wayOut: "Allow user namespaces, or start the emulator without shells",
  },
  "emulator.program": {
    audience: "operator",
    status: 500,
    meaning: "A program that the emulator needs is not installed.",
    wayOut: "Install it as the message says",
  },
  "emulator.seed": {
    audience: "user",
    status: 422,
    meaning: "The description of an emulated cluster cannot be used.",
    wayOut: "Correct it at the place that is named",
  },
  "emulator.start": {
    audience: "operator",
    status: 500,
    meaning: "The emulator could not be started.",
    wayOut: "Free the port or the folder that is named, or choose another",
  },
  "overlay.left": {
    audience: "user",
    status: 409,
    meaning: "A machine was not taken out of its base as a whole; what is done stands.",
    wayOut: "Type what is named for each thing that remains, or run the command again",
  },
  "overlay.refused": {
    audience: "user",
    status: 409,
    meaning: "A machine cannot be taken out of its base as it is now; nothing was changed.",
    wayOut: "Do what the message names, then run the command again",
  },
  "template.cluster": {
    audience: "user",
    status: 422,
    meaning: "What was told of a cluster, beside a configuration, cannot be used.",
    wayOut: "Give what is named as the message shows",
  },
  "template.folder": {
    audience: "user",
    status: 409,
    meaning: "A project cannot be written into that folder.",
    wayOut: "Choose a folder that is empty or not there yet",
  },
  "template.name": {
    audience: "user",
    status: 422,
    meaning: "A project cannot have that name.",
    wayOut: "Choose a name as the message shows",
  },
  "template.packages": {
    audience: "operator",
    status: 500,
    meaning: "The packages that a new project stands on could not be put together.",
    wayOut: "Look at what npm says, and install Coppice again",
  },
  "template.unknown": {
    audience: "user",
    status: 404,
    meaning: "There is no template of that name.",
    wayOut: "Choose one of those that are named",
  },
} as const satisfies ErrorTable;
