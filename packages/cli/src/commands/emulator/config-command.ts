import { type ClientFiles, type Emulator, providerSettings } from "@coppice/emulator";
import { shellWord } from "../../output/shell-word.ts";

/** The command that configures a stack for an emulator, ready for a shell. */
export function configCommand(emulator: Emulator, files: ClientFiles): string {
  const json = JSON.stringify(providerSettings(emulator, files));
  return `pulumi config set coppice:clusters ${shellWord(json)}`;
}
