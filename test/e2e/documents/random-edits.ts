import type { SeededRandom } from "@coppice/core";

/** A document's own fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** Documents by name, as one version of a stack has them. */
export type Documents = Readonly<Record<string, Fields>>;

/** What every document of the tests begins with. */
const usual = { version: 1, cluster: "main", template: { vmid: 9000 }, storage: "nas" };

/** Two documents, so that an edit can take one away. */
export const firstDocuments: Documents = {
  lab: {
    ...usual,
    kind: "LabClass",
    roster: ["ada", "grace", "joan"],
    teacher: true,
    hardware: { cores: 2, memory: "1GiB" },
    tags: ["spring"],
    pool: "lab",
    cloudInit: { user: "student", password: { file: "password" } },
    vmids: { from: 20_000, to: 20_099 },
  },
  runners: {
    ...usual,
    kind: "OverlayVmPool",
    seats: 2,
    dataDisk: { size: "1GiB" },
    vmids: { from: 20_100, to: 20_199 },
  },
};

/** One edit of documents: any of these, a few at once. */
export interface Edit {
  readonly names: readonly string[];
  readonly documents: Documents;
}

type Change = (fields: Fields, random: SeededRandom) => Fields;

const NAMES = ["hedy", "mary", "barbara", "frances", "jean"];
const nameOf = (random: SeededRandom) => random.pick(NAMES);
const rosterOf = ({ roster }: Fields) => roster as readonly string[]; // as: the lab always has one
const publishOf = ({ publish }: Fields) => publish as Fields | undefined; // as: an object where there is one

/** What a teacher does to a class, each by its name. */
const labChanges: Readonly<Record<string, Change>> = {
  "a student comes": (fields, random) => ({
    ...fields,
    roster: [...new Set([...rosterOf(fields), nameOf(random)])],
  }),
  "a student goes": (fields) => withRoster(fields, rosterOf(fields).slice(1)),
  "one is replaced": (fields, random) =>
    withRoster(fields, [...new Set([...rosterOf(fields).slice(0, -1), nameOf(random)])]),
  hardware: (fields, random) => ({
    ...fields,
    hardware: { cores: random.integer(3, 4), memory: random.pick(["512MiB", "1GiB", "2GiB"]) },
  }),
  tags: (fields, random) => toggled(fields, "tags", [random.pick(["autumn", "exam"])]),
  "pool's membership": (fields, random) => toggled(fields, "pool", random.pick(["lab", "exam"])),
  network: (fields, random) => toggled(fields, "network", { bridge: "vmbr0", tag: random.integer(1, 99) }),
  "data disks": (fields) => toggled(fields, "dataDisk", { size: "1GiB" }),
  "the user": (fields, random) => ({
    ...fields,
    cloudInit: { user: random.pick(["student", "exam"]), password: { file: "password" } },
  }),
  "a generation is published": (fields, random) => ({
    ...fields,
    publish: {
      ...publishOf(fields),
      generation: Number(publishOf(fields)?.["generation"] ?? 1) + 1,
      from: "teacher",
      policy: random.pick(["reset", "keep", "defer", "reset-if-untouched"]),
    },
  }),
  "the publication's policy": (fields, random) =>
    publishOf(fields) === undefined
      ? fields
      : {
          ...fields,
          publish: {
            ...publishOf(fields),
            policyOf: { [rosterOf(fields)[0] ?? ""]: random.pick(["reset", "keep", "defer"]) },
            undoFor: random.pick(["1h", "36h"]),
          },
        },
  "a reset": (fields, random) => ({
    ...fields,
    reset: { [random.pick(rosterOf(fields))]: `order-${random.integer(1, 1e6)}` },
  }),
};

const poolChanges: Readonly<Record<string, Change>> = {
  "more or fewer runners": (fields, random) => ({ ...fields, seats: random.integer(1, 3) }),
  "runners' data disks": (fields) => toggled(fields, "dataDisk", { size: "2GiB" }),
  "runners' hardware": (fields, random) => toggled(fields, "hardware", { cores: random.integer(1, 4) }),
};

/** The names of all changes, for a test that they all come. */
export const changeNames: readonly string[] = [
  ...Object.keys(labChanges),
  ...Object.keys(poolChanges),
  "runners go",
];

/** Edits documents in the ways of these names. */
export function edit(documents: Documents, names: readonly string[], random: SeededRandom): Edit {
  const { lab = {}, runners } = documents;
  const apply = (changes: Readonly<Record<string, Change>>, fields: Fields) =>
    names.reduce((edited, name) => changes[name]?.(edited, random) ?? edited, fields);
  const isGone = names.includes("runners go") || runners === undefined;
  return {
    names,
    documents: { lab: apply(labChanges, lab), ...(!isGone && { runners: apply(poolChanges, runners) }) },
  };
}

/** All changes in an order of chance, dealt out to so many edits. */
export function dealtChanges(random: SeededRandom, edits: number): readonly (readonly string[])[] {
  const shuffled = changeNames
    .map((name) => ({ name, at: random.next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ name }) => name);
  const further = Array.from({ length: Math.max(0, edits * 2 - shuffled.length) }, () =>
    random.pick(changeNames),
  );
  const all = [...shuffled, ...further];
  return Array.from({ length: edits }, (_, index) => [
    ...new Set(all.filter((_name, at) => at % edits === index)),
  ]);
}

/** Only who is on the roster may be named elsewhere. */
function withRoster({ reset: _reset, ...fields }: Fields, roster: readonly string[]): Fields {
  const publish = publishOf(fields);
  const { policyOf: _policies, ...kept } = publish ?? {};
  return { ...fields, roster, ...(publish && { publish: kept }) };
}

function toggled(fields: Fields, field: string, value: unknown): Fields {
  const { [field]: before, ...others } = fields;
  return before === undefined ? { ...others, [field]: value } : others;
}
