import { expect, test } from "vitest";
import { documentLimits } from "./document/limits.ts";
import { readDocuments } from "./read-documents.ts";

/** As large as a file may be, or a little less. */
const SIZE = documentLimits.fileBytes - 64;
/** What reading may cost, against documents of that size without a mistake: that takes less than a second. */
const DEAREST = 2.5;

const LAB = "kind: LabClass\nversion: 1\nname: lab\nstorage: nas\ntemplate: { vmid: 9000 }\n";

/** A text of parts that go on until it is large enough, or there are so many. */
function numbered(head: string, part: (index: number) => string, most = Number.POSITIVE_INFINITY): string {
  const parts = [head];
  for (let [size, index] = [head.length, 0]; index < most; index += 1) {
    const next = part(index);
    size += next.length;
    if (size > SIZE) break;
    parts.push(next);
  }
  return parts.join("");
}

const again = (part: string, head = "") => numbered(head, () => part);
const labOf = (index: number, more: string) => `---\n${LAB.replace("lab", `l${index}`)}seats: 1\n${more}`;

/** Processor time of a reading, in microseconds. */
function cost(text: string): number {
  const before = process.threadCpuUsage();
  readDocuments([{ file: "a.yaml", text }], { clusters: ["main"] });
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

const plain = cost(numbered("", (index) => labOf(index, "# for those who come in autumn\n")));

test.each<[string, string]>([
  ["anchors and aliases", numbered("", (index) => `- &a${index} x\n- *a${index}\n`)],
  ["many fields", numbered("", (index) => `k${index}: x\n`)],
  ["unknown fields of one object", numbered(`${LAB}hardware:\n`, (index) => `  memory${index}: x\n`, 9_990)],
  [
    "orders for nobody",
    numbered(`${LAB}seats: 10000\nreset:\n`, (index) => `  seat-x${index}${"y".repeat(40)}: x\n`, 9_990),
  ],
  ["a roster of namesakes", numbered(`${LAB}roster:\n`, (index) => `  - student-${index % 5_000}\n`, 9_990)],
  [
    "templates that are misspelt",
    numbered("", (index) =>
      index % 2 === 0
        ? labOf(index, "").replace("{ vmid: 9000 }", `nowhere${index}`)
        : `---\nkind: Template\nversion: 1\nname: nowhwre${index}\nvmid: 100\n`,
    ),
  ],
  [
    "clusters that are misspelt",
    numbered("", (index) =>
      index % 2 === 0
        ? labOf(index, `cluster: nowhere${index}\n`)
        : `---\nkind: Cluster\nversion: 1\nname: nowhwre${index}\nendpoint: https://a.b\n`,
    ),
  ],
  ["documents with mistakes", again("---\nkind: LabClass\nsaets: 1\nstrage: x\nhardwar: x\n")],
  ["documents that are no YAML", again("---\na\n b: c\n")],
  ["empty documents", again("---\n")],
  ["one text with a mistake in every word", again("\\q", 'name: "')],
  ["lines that are indented anyhow", again("   x\n  y\n", "name: >\n")],
  ["brackets and brackets as names", again(`${"[".repeat(30)}${"]".repeat(30)}: c\n`)],
  ["a long line", again("x ", "name: ")],
])("%s cost not much more than plain documents", (_, text) => {
  const first = cost(text) / plain;
  // A reading that others disturb is repeated.
  expect(first < DEAREST ? first : cost(text) / plain).toBeLessThan(DEAREST);
});
