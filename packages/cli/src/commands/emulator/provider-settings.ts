import type { ClientFiles } from "./client-files.ts";

/** Where a node's SSH is, as the emulator tells it. */
export interface SshEndpoints {
  readonly ssh: ReadonlyMap<string, { readonly port: number; readonly hostKey: string }>;
  readonly url: string;
}

/** The value of `coppice:clusters` for an emulator: secrets are named by their files. */
export function providerSettings({ url, ssh }: SshEndpoints, files: ClientFiles): object {
  const nodes = [...ssh].map(
    ([name, { port, hostKey }]) => [name, { host: "127.0.0.1", port, hostKey }] as const,
  );
  return {
    main: {
      endpoint: url,
      caFile: files.ca,
      token: { file: files.token },
      ssh: { key: { file: files.sshKey }, nodes: Object.fromEntries(nodes) },
    },
  };
}

/** The command that configures a stack for an emulator, ready for a shell. */
export function configCommand(endpoints: SshEndpoints, files: ClientFiles): string {
  const json = JSON.stringify(providerSettings(endpoints, files));
  return `pulumi config set coppice:clusters ${quoted(json)}`;
}

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
