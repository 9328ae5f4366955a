/** The memory of a machine that names none, in MiB. */
const defaultMemory = 512;

/** A machine's memory in MiB: `memory` is a property string with `current` in front. */
export function memoryMib(memory: string | undefined): number {
  const text = /^(?:current=)?(\d+)/.exec(memory ?? "")?.[1];
  return text === undefined ? defaultMemory : Number(text);
}
