import type { ErrorTable } from "./error-description.ts";

/** What can go wrong with the engine's runs and with the place where their state lies. */
export const engineErrors = {
  "engine.description": {
    audience: "user",
    status: 422,
    meaning: "A description has a mistake, so nothing was started.",
    wayOut: "Correct the field that is named",
  },
  "engine.ended": {
    audience: "operator",
    status: 500,
    meaning: "The engine ended without saying how its run ended: it was killed, or it broke down.",
    wayOut: "Run it again: it goes on where it was stopped",
  },
  "engine.failed": {
    audience: "operator",
    status: 500,
    meaning: "The engine did not do what it was asked, and says why.",
    wayOut: "Put right what the message names",
  },
  "engine.home": {
    audience: "operator",
    status: 500,
    meaning: "The folder that holds state and passphrase cannot be used.",
    wayOut: "Make it a folder that you may write, or name another one in COPPICE_HOME",
  },
  "engine.passphrase": {
    audience: "operator",
    status: 500,
    meaning: "The passphrase that the stacks' secrets are encrypted with is gone, or another one is there.",
    wayOut: "Put the file back from a copy, or set PULUMI_CONFIG_PASSPHRASE",
  },
  "engine.state": {
    audience: "operator",
    status: 500,
    meaning:
      "A file that the engine keeps of a stack was cut off or changed, so nobody can tell what the stack has.",
    wayOut: "Put a copy of the file back, then look at what has changed since by `coppice drift`",
  },
  "engine.too-long": {
    audience: "operator",
    status: 504,
    meaning: "A run took longer than it may, and was stopped.",
    wayOut: "Run it again: it goes on where it was stopped",
  },
  "engine.worker": {
    audience: "operator",
    status: 500,
    meaning:
      "The process that carried out a run ended before the run did: it was killed, or it lacked memory.",
    wayOut: "Run it again: it goes on where it was stopped",
  },
} as const satisfies ErrorTable;
