import type { Command } from "commander";

/** Adds one command to the program. A command imports what it needs when it runs, so that the others stay quick. */
export type AddCommand = (program: Command) => void;
