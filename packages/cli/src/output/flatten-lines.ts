import type { FlattenPlan } from "@coppice/clusters";
import { sizeWords } from "@coppice/core";
import { wrap } from "./fit.ts";

/** What is shown before a machine's disks are copied: what is copied, what room that takes, what to know. */
export function flattenLines(
  { place, name, disks, needs, warnings }: FlattenPlan,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const lines = [
    `Machine ${place.vmid}${name === undefined ? "" : ` '${name}'`} on ${place.node}:`,
    ...disks.map(({ slot, base, size, storage, isSameStorage }) => {
      const way = isSameStorage ? `, as raw and back to qcow2 on ${storage}` : ` to ${storage}`;
      return `  ${slot}, ${sizeWords(size)}: copied out of template ${base}${way}`;
    }),
    ...needs.map(({ storage, bytes, free }) => {
      const has = free === undefined ? "does not say what is free" : `has ${sizeWords(free)} free`;
      return `  takes up to ${sizeWords(bytes)} on ${storage} meanwhile, which ${has}`;
    }),
    ...warnings.map((warning) => `${warning}.`),
  ];
  return lines.flatMap((line) => wrapIndented(line, columns));
}

function wrapIndented(line: string, columns: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return wrap(line.trimStart(), columns - indent.length).map((text) => indent + text);
}
