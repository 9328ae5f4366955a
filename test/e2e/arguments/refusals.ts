import type { CommandResult } from "@coppice/testkit";

const CODE = " [arguments.wrong]";

/** What a run said of each component that it refused, sentence by sentence. Each refusal has to end with its code. */
export function refusalsOf({ events }: CommandResult): Record<string, readonly string[]> {
  const errors = events.flatMap((event) =>
    event.kind === "diagnostic" && event.severity === "error" ? [event.text] : [],
  );
  const blocks = errors.join("\n").split(/^(?:<\{%reset%\}>)?(?=\w+ '[^']+'(?:: | has \d+ mistakes:))/m);
  return Object.fromEntries(blocks.flatMap(readBlock));
}

function readBlock(block: string): [name: string, sentences: string[]][] {
  const text = block.replaceAll(/<\{%\w+%\}>/g, "").trimEnd();
  const [head = "", ...lines] = text.slice(0, text.endsWith(CODE) ? -CODE.length : 0).split("\n");
  const [, name, only] = /^\w+ '([^']+)'(?:: (.*)| has \d+ mistakes:)$/.exec(head) ?? [];
  if (name === undefined) return [];
  return [[name, only === undefined ? lines.map((line) => line.trim()) : [only]]];
}
