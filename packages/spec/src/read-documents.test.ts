import { describe, expect, test } from "vitest";
import { documentMistakesText } from "./document/document-mistakes-text.ts";
import type { Surroundings } from "./document/documents.ts";
import { readDocuments } from "./read-documents.ts";

const LAB = "kind: LabClass\nversion: 1\nname: lab\nseats: 3\nstorage: nas\n";
const TEMPLATE = "kind: Template\nversion: 1\nname: debian-12\nvmid: 9000\n";

function mistakesIn(text: string, surroundings?: Surroundings): string[] {
  return documentMistakesText(readDocuments([{ file: "a.yaml", text }], surroundings).mistakes).split("\n");
}

describe("documents", () => {
  test("are read from YAML and JSON, several in a file and several files, each with its place", () => {
    const json = JSON.stringify({ kind: "Pool", version: 1, name: "p", poolid: "lab" }, undefined, "\t");
    const { documents, mistakes } = readDocuments([
      { file: "x/a.yaml", text: `# A class.\n${LAB}template: debian-12\n---\n${TEMPLATE}---\n` },
      { file: "b.json", text: `\ufeff${json}` },
      { file: "empty.yaml", text: "# nothing yet\n" },
    ]);
    expect(mistakes).toEqual([]);
    expect(documents).toEqual([
      {
        kind: "LabClass",
        name: "lab",
        cluster: "main",
        inputs: { seats: 3, storage: "nas", template: { vmid: 9000 } },
        file: "x/a.yaml",
        line: 2,
      },
      {
        kind: "Template",
        name: "debian-12",
        cluster: "main",
        inputs: { vmid: 9000 },
        file: "x/a.yaml",
        line: 9,
      },
      { kind: "Pool", name: "p", cluster: "main", inputs: { poolid: "lab" }, file: "b.json", line: 1 },
    ]);
  });

  test("name files beside themselves, and what is null is not said", () => {
    const text = `${LAB}template: { vmid: 9000 }\ntags:\ncloudInit: { password: { file: pw }, user: }\n`;
    const [document] = readDocuments([{ file: "/classes/a.yaml", text }]).documents;
    expect(document?.inputs).toEqual({
      seats: 3,
      storage: "nas",
      template: { vmid: 9000 },
      cloudInit: { password: { file: "/classes/pw" } },
    });
  });

  test("of a cluster are its settings, with references for what is secret", () => {
    const text = `kind: Cluster
version: 1
name: main
endpoint: https://pve1.example.org:8006
caFile: ca.pem
token: { env: PVE_TOKEN }
ssh: { key: { file: /root/key } }
`;
    const { documents, mistakes } = readDocuments([{ file: "clusters/main.yaml", text }]);
    expect(mistakes).toEqual([]);
    expect(documents).toMatchObject([
      {
        cluster: "main",
        inputs: {
          caFile: "clusters/ca.pem",
          token: { env: "PVE_TOKEN" },
          ssh: { key: { file: "/root/key" } },
        },
      },
    ]);
  });

  test("may use an alias", () => {
    const text = `${LAB}template: &base { vmid: 9000 }\npublish: { generation: 2, from: *base }\n`;
    const [document] = readDocuments([{ file: "a.yaml", text }]).documents;
    expect(document?.inputs["publish"]).toEqual({ generation: 2, from: { vmid: 9000 } });
  });
});

test("every mistake of a document is shown at once, with its place", () => {
  const text = `kind: LabClass
version: 1
nmae: lab
name: Lab
cluster: man
template: debian-13
seats: -1
hardware:
  cores: 0
  memory: 4GB
  foo: 1
storage: [nas]
cloudInit: { password: hunter2, address: { first: 10.0.0.300/24 } }
start: allways
network: { tag: 5000 }
storage: 5
`;
  expect(mistakesIn(text, { clusters: ["main", "other"] })).toEqual([
    "a.yaml:3:1: 'nmae' is not known; did you mean 'name'?",
    `a.yaml:4:7: 'name' is "Lab", which cannot be the name of a class: only lower-case letters a-z, digits and hyphens are possible; "lab" would do`,
    `a.yaml:5:10: 'cluster' is "man", which is not registered; did you mean "main"?`,
    `a.yaml:6:11: 'template' is "debian-13", and no document of kind Template has that name; describe it (kind: Template), or write { vmid: 9000 }`,
    "a.yaml:7:8: 'seats' is -1; choose 0 to 10000",
    "a.yaml:9:10: 'hardware.cores' is 0; choose 1 to 512",
    `a.yaml:10:11: 'hardware.memory' is "4GB": the unit "GB" is unknown (did you mean "GiB"?); known are KiB, MiB, GiB, TiB; write it like "4GiB"`,
    "a.yaml:11:3: 'hardware.foo' is not known; known are cores, memory, vga",
    `a.yaml:13:24: 'cloudInit.password' is the secret itself, which a document never holds; say where it lies: { env: "NAME" } or { file: "path" }`,
    `a.yaml:13:51: 'cloudInit.address.first' is "10.0.0.300/24", not an address with a prefix length; write it like "10.0.0.10/24"`,
    `a.yaml:14:8: 'start' is "allways"; choose "never" or "after-create"`,
    "a.yaml:15:17: 'network.tag' is 5000, not a VLAN; choose 1 to 4094",
    "a.yaml:16:1: This field is given twice; keep one of them",
    `a.yaml:16:10: 'storage' is 5, a number; write a text like "nas"`,
  ]);
});

const TOKEN = "root@pam!coppice=99b8d29c";
test.each([
  TOKEN,
  `"${TOKEN}"`,
  `"${TOKEN}`,
  `["${TOKEN}`,
  `|${TOKEN}`,
  `*${TOKEN}`,
  `%${TOKEN}\n---\na: 1`,
  `&a *${TOKEN}`,
  `!${TOKEN} a`,
  `"\\x${TOKEN}"`,
  `] ${TOKEN}`,
  `a: ${TOKEN}\n ${TOKEN}: b`,
  `a: 1\n${TOKEN}`,
  `- ${TOKEN}\n${TOKEN}`,
  `@${TOKEN}`,
  `-----BEGIN\n${TOKEN}\n-----END`,
])("of a file that is no document nothing is repeated: %j", (text) => {
  expect(mistakesIn(text).join("\n")).toMatch(/^a\.yaml:\d+:\d+: /);
  expect(mistakesIn(text).join("\n")).not.toContain("99b8d29c");
});

describe("a document is refused", () => {
  test.each([
    [
      "of a kind that there is not, with what was meant",
      "kind: Labclas\nversion: 1\nnaem: lab\n",
      [
        '1:7: \'kind\' is "Labclas"; did you mean "LabClass"?',
        "3:1: 'naem' is not known; did you mean 'name'?",
      ],
    ],
    ["of no kind", "version: 1\nname: lab\n", ["1:1: 'kind' is missing; write \"LabClass\", "]],
    [
      "without a version",
      "kind: Pool\nname: lab\npoolid: lab\n",
      ["1:1: 'version' is missing; write a whole number like 1"],
    ],
    [
      "of version 0",
      "kind: Pool\nversion: 0\nname: lab\npoolid: lab\n",
      ["2:10: 'version' is 0; choose 1 or more"],
    ],
    [
      "of a newer version, whatever else it says",
      "kind: Pool\nversion: 2\nname: lab\nfuture: 1\n",
      [
        "2:10: 'version' is 2, and this Coppice knows version 1 and older; take the Coppice that it was written for",
      ],
    ],
    [
      "that is a list",
      "- kind: Pool\n",
      ['1:1: What is given is a list, no description; a document begins with "kind: LabClass"'],
    ],
    [
      "that is a text, which is not repeated",
      "hello\n",
      ["1:1: What is given is text that is not shown, no description;"],
    ],
    [
      "with a tab",
      "kind: Pool\n\tversion: 1\n",
      ["2:1: A tab indents this line, which YAML does not take; use spaces"],
    ],
    [
      "with a name of the wrong type",
      "kind: Pool\nversion: 1\nname: 101\npoolid: lab\n",
      ["3:7: 'name' is 101, a number; write a text"],
    ],
    ["with a tag", "kind: !secret Pool\nversion: 1\nname: p\npoolid: lab\n", ["1:7: This tag is not known"]],
  ])("%s", (_, text, expected) => {
    const found = mistakesIn(text);
    expect(found).toHaveLength(expected.length);
    for (const [index, start] of expected.entries()) expect(found[index]).toContain(`a.yaml:${start}`);
    expect(readDocuments([{ file: "a.yaml", text }]).documents).toEqual([]);
  });

  test("whose name another one has already; classes and machines without one share theirs", () => {
    const pool =
      "kind: OverlayVmPool\nversion: 1\nname: lab\nseats: 3\nstorage: nas\ntemplate: { vmid: 9000 }\n";
    const { documents, mistakes } = readDocuments([
      { file: "a.yaml", text: `${LAB}template: { vmid: 9000 }\n` },
      { file: "b.yaml", text: `${pool}---\nkind: Pool\nversion: 1\nname: lab\npoolid: lab\n` },
    ]);
    expect(documentMistakesText(mistakes)).toBe(
      `b.yaml:3:7: 'name' is "lab", which the LabClass in a.yaml:3 has already; give it another`,
    );
    expect(documents.map(({ kind }) => kind)).toEqual(["LabClass", "Pool"]);
  });

  test("for its name on one cluster alone: two clusters may have things of one name", () => {
    const lab = `${LAB}template: { vmid: 9000 }\n`;
    const pool = "kind: Pool\nversion: 1\nname: p\npoolid: p\n";
    const text = [lab, `${lab}cluster: b\n`, pool, `${pool}cluster: b\n`].join("---\n");
    const { documents, mistakes } = readDocuments([{ file: "a.yaml", text }]);
    expect(mistakes).toEqual([]);
    expect(documents.map(({ name, cluster }) => `${name} ${cluster}`)).toEqual([
      "lab main",
      "lab b",
      "p main",
      "p b",
    ]);
  });

  test("on a cluster that is not registered, also where it names none", () => {
    const text = `${LAB}template: { vmid: 9000 }\n`;
    expect(mistakesIn(text, { clusters: [] })).toEqual([
      `a.yaml:1:1: 'cluster' is left out, which means "main", and that is not registered; none is; describe it (kind: Cluster)`,
    ]);
    expect(mistakesIn(text, { clusters: ["main"] })).toEqual([""]);
    expect(mistakesIn(text)).toEqual([""]);
  });

  test("where a field is given twice", () => {
    const text = `${LAB}template: { vmid: 9000 }\nseats: 4\n`;
    expect(mistakesIn(text)).toEqual(["a.yaml:7:1: This field is given twice; keep one of them"]);
    expect(readDocuments([{ file: "a.yaml", text }]).documents).toEqual([]);
  });

  test("alone; those beside it in its file are read", () => {
    const { documents, mistakes } = readDocuments([
      { file: "a.yaml", text: `${TEMPLATE}---\na: b: c\n---\n${LAB}template: debian-12\n` },
    ]);
    expect(documents.map(({ name }) => name)).toEqual(["debian-12", "lab"]);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatchObject({ line: 6 });
  });
});
