import { type ClientFiles, type Emulator, providerSettings } from "@coppice/emulator";
import { shellWord } from "../../output/shell-word.ts";

/** The command that configures a stack for an emulator, ready for a shell; `pulumi` is how the engine is typed. */
export function configCommand(emulator: Emulator, files: ClientFiles, pulumi: string): string {
  const json = JSON.stringify(providerSettings(emulator, files));
  return `${pulumi} config set coppice:clusters ${shellWord(json)}`;
}
