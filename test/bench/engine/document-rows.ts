import { readDocuments, type Source } from "@coppice/spec";
import { compare } from "../frame/compare.ts";
import type { Row } from "../frame/row.ts";

const COUNT = 1_000;

/** What reading documents costs whoever applies them. */
export async function documentRows(): Promise<Row[]> {
  const sources = Array.from({ length: COUNT }, (_, index) => classDocument(index));
  return [
    await compare({
      metric: "1,000 documents parsed and checked",
      unit: "ms",
      ours: () => readTime(sources),
      target: { of: "ours", limit: "at most", value: 100 },
    }),
  ];
}

function classDocument(index: number): Source {
  const text = `# yaml-language-server: $schema=node_modules/@coppice/spec/schema/coppice.schema.json
kind: LabClass
version: 1
name: networks-${index}
cluster: main
template: { vmid: 9000 }
seats: 25
hardware: { cores: 2, memory: 4GiB }
storage: nas
`;
  return { file: `classes/${index}.yaml`, text };
}

function readTime(sources: readonly Source[]): number {
  const start = performance.now();
  const { documents, mistakes } = readDocuments(sources, { clusters: ["main"] });
  const taken = performance.now() - start;
  if (documents.length === COUNT && mistakes.length === 0) return taken;
  throw new Error(`${documents.length} of ${COUNT} documents were read, with ${mistakes.length} mistakes`);
}
