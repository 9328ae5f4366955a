import type { Generation, GenerationCopy } from "./kinds/generated/inputs.ts";

/** The hardware of a machine as Proxmox's configuration has it. */
export type MachineConfig = Readonly<Record<string, string | number>>;

/** The copy that seats on a node stand on; undefined when the node has none. */
export function copyFor(
  { copies, shared }: Pick<Generation, "copies" | "shared">,
  node: string,
): GenerationCopy | undefined {
  return copies[node] ?? (shared ? Object.values(copies)[0] : undefined);
}
