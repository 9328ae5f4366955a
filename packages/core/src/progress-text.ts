import { type Progress, progressItems, progressWords } from "./progress.ts";

/**
 * Progress as a sentence for people.
 *
 * @example
 * progressText({ verb: "create", phase: "done", item: { kind: "seat", name: "ada" }, share: { done: 12, all: 25 } })
 * // "created ada (12 of 25)"
 */
export function progressText({ verb, phase, item, node, share }: Progress): string {
  const [doing, done, todo] = progressWords[verb];
  const words = { begun: doing, done, failed: `could not ${todo}` };
  const place = node === undefined ? "" : ` on ${node}`;
  const far = share === undefined ? "" : ` (${share.done} of ${share.all})`;
  return `${words[phase]} ${progressItems[item.kind](item.name)}${place}${far}`;
}
