import { type ClientFiles, type Emulator, providerSettings } from "@coppice/emulator";

/** The command that configures a stack for an emulator, ready for a shell. */
export function configCommand(emulator: Emulator, files: ClientFiles): string {
  const json = JSON.stringify(providerSettings(emulator, files));
  return `pulumi config set coppice:clusters ${quoted(json)}`;
}

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
