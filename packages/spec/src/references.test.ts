import { describe, expect, test } from "vitest";
import { documentMistakesText } from "./document/document-mistakes-text.ts";
import type { Surroundings } from "./document/documents.ts";
import { readDocuments } from "./read-documents.ts";

const LAB = "kind: LabClass\nversion: 1\nname: lab\nseats: 3\nstorage: nas\n";
const TEMPLATE = "kind: Template\nversion: 1\nname: debian-12\nvmid: 9000\n";

function mistakesIn(text: string, surroundings?: Surroundings): string[] {
  return documentMistakesText(readDocuments([{ file: "a.yaml", text }], surroundings).mistakes).split("\n");
}

describe("documents that name others", () => {
  test("may refer to templates beside them, of which nothing else is asked; their own count before", () => {
    const lab = { file: "a.yaml", text: `${LAB}template: debian-12\n` };
    const beside = [{ file: "b.yaml", text: `${TEMPLATE}---\nkind: LabClass\nseats: many\n---\n[` }];
    const { documents, mistakes } = readDocuments([lab], { beside });
    expect(mistakes).toEqual([]);
    expect(documents.map(({ name, inputs }) => [name, inputs["template"]])).toEqual([
      ["lab", { vmid: 9000 }],
    ]);
    const own = { file: "t.yaml", text: TEMPLATE.replace("9000", "9001") };
    const [first] = readDocuments([lab, own], { beside }).documents;
    expect(first?.inputs["template"]).toEqual({ vmid: 9001 });
  });

  test("name plans that are described, where somebody says which there are", () => {
    const quota = "kind: TenantQuota\nversion: 1\nname: acme\nlimits: { machines: 1 }\nplan: campus\n";
    const plan =
      "kind: Plan\nversion: 1\nname: campus\ncurrency: EUR\nversions: [{ from: 2026-09-01, prices: {} }]\n";
    expect(mistakesIn(quota)).toEqual([""]);
    expect(mistakesIn(quota, { plans: ["campus"] })).toEqual([""]);
    expect(mistakesIn(quota, { plans: [], beside: [{ file: "b.yaml", text: plan }] })).toEqual([""]);
    expect(mistakesIn(`${quota}---\n${plan}`, { plans: [] })).toEqual([""]);
    expect(mistakesIn(quota, { plans: [] })).toEqual([
      `a.yaml:5:7: 'plan' is "campus", and no document of kind Plan has that name; describe it (kind: Plan), or leave 'plan' out [plan.unknown]`,
    ]);
    expect(mistakesIn(quota, { plans: ["campsu"] })[0]).toMatch(/did you mean "campsu"\? \[plan\.unknown\]$/);
  });

  test("mean the template of their own cluster: each may have one of that name", () => {
    const there = (text: string) => text.replace("version: 1\n", "version: 1\ncluster: b\n");
    const class12 = `${LAB}template: debian-12\n`;
    const text = [TEMPLATE, there(TEMPLATE.replace("9000", "9100")), class12, there(class12)].join("---\n");
    const { documents, mistakes } = readDocuments([{ file: "a.yaml", text }]);
    expect(mistakes).toEqual([]);
    const classes = documents.filter(({ kind }) => kind === "LabClass");
    expect(classes.map(({ cluster, inputs }) => [cluster, inputs["template"]])).toEqual([
      ["main", { vmid: 9000 }],
      ["b", { vmid: 9100 }],
    ]);
    expect(mistakesIn([TEMPLATE, TEMPLATE].join("---\n"))).toEqual([
      expect.stringContaining("which the Template in a.yaml:3 has already"),
    ]);
  });

  test("are refused where a template is misspelt, or on another cluster", () => {
    const text = `${LAB}template: debian-21\n---\n${TEMPLATE}---\n${LAB.replace("lab", "two")}cluster: b\ntemplate: debian-12\n`;
    expect(mistakesIn(text)).toEqual([
      `a.yaml:6:11: 'template' is "debian-21", and no document of kind Template has that name; did you mean "debian-12"?`,
      `a.yaml:19:11: 'template' is "debian-12", a template on cluster "main", and this is on "b"; name one of "b"`,
    ]);
  });

  test("and refer to a wrong one have no mistake of their own", () => {
    const text = `${LAB}template: debian-12\n---\n${TEMPLATE.replace("9000", "9")}`;
    expect(mistakesIn(text)).toEqual(["a.yaml:11:7: 'vmid' is 9, not a vmid; choose 100 to 999999999"]);
    expect(readDocuments([{ file: "a.yaml", text }]).documents).toEqual([]);
  });
});
