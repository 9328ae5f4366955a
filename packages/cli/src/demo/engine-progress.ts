/** A step of a resource that is under way. */
export interface Progress {
  readonly text: string;
  /** How far: `[12, 25]`. */
  readonly share?: readonly [done: number, all: number];
}

/**
 * What a line of the engine's event log says about progress; undefined for every other event.
 *
 * @example progressOf('{"diagnosticEvent":{"message":"creating ada (1 of 25)","ephemeral":true}}')
 */
export function progressOf(line: string): Progress | undefined {
  const message = /"diagnosticEvent":\{.*"message":"([^"]*?)(?:\\n)?",.*"ephemeral":true/.exec(line)?.[1];
  if (message === undefined) return undefined;
  const share = /^(.*) \((\d+) of (\d+)\)$/.exec(message);
  if (share === null) return { text: message };
  return { text: share[1] ?? "", share: [Number(share[2]), Number(share[3])] };
}
