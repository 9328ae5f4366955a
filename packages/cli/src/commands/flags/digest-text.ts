import { InvalidArgumentError } from "commander";

/** As the engine writes it; here by itself, since a command's options are read before anything is loaded. */
const FORM = /^[0-9a-f]{12}(?:-[0-9a-f]{12}){3}$/;

/** Reads a digest as a preview prints it. */
export function digestText(text: string): string {
  if (FORM.test(text)) return text;
  throw new InvalidArgumentError("Expected a digest as `coppice preview` prints it.");
}
