import { type DocumentKind, documentKinds, isNamed, type KindName } from "@coppice/core";
import type fc from "fast-check";
import { arbitraryRecord } from "../../packages/core/src/fixtures/described.ts";

/** What a document says, without its envelope. */
export type Said = Readonly<Record<string, unknown>>;

/** A description of a kind. */
export interface Description {
  readonly kind: KindName;
  readonly name: string;
  readonly inputs: Said;
}

/** Stands for bytes that nobody could decode, and is refused in any file. */
const UNDECODABLE = "\ufffd";

/** The kind of documents of a name. */
export function documentKind(name: KindName): DocumentKind {
  const kind = documentKinds.find((each) => each.name === name);
  if (kind === undefined) throw new Error(`There is no kind ${name}`);
  return kind;
}

/** Any description of a kind in which nothing is wrong, without names of other documents. */
export function fittingDescription(kind: KindName): fc.Arbitrary<Description> {
  const { fields } = documentKind(kind).type;
  const given = arbitraryRecord({ name: kind, sentence: "It is described.", fields });
  return given
    .map((inputs) => ({ kind, name: "lab", inputs: fitted(kind, inputs) }))
    .filter(({ inputs }) => !JSON.stringify(inputs).includes(UNDECODABLE));
}

/** What rules across fields ask for, and what only another document could give. */
function fitted(kind: KindName, said: Said): Said {
  if (kind === "Cluster") return fittedCluster(said);
  if (kind === "Plan") return fittedPlan(said);
  if (kind === "TenantQuota") return fittedQuota(said);
  if (kind !== "LabClass" && kind !== "OverlayVmPool") return said;
  const { roster: _roster, empty: _empty, dataDisk, ...given } = said;
  // Whose machines they are says which pool they are in.
  const { pool: _pool, ...owned } = given;
  const rest = "tenant" in given ? owned : given;
  const orders = { "seat-01": "once", "seat-03": "2026-10-01" };
  return replaced(rest, {
    seats: () => 3,
    template: () => ({ vmid: 9000 }),
    vmids: () => ({ from: 20_000, to: 20_099 }),
    nodes: () => ["pve1", "pve2"],
    reset: () => orders,
    undo: () => orders,
    teacher: () => true,
    publish: (value) => ({ ...value, from: "teacher", policyOf: { "seat-02": "keep" } }),
    renewal: (value) => ({ ...value, policyOf: { "seat-02": "keep" } }),
    cloudInit: (value) =>
      replaced(value, { password: () => ({ env: "STUDENT" }), address: () => ({ first: "10.0.0.10/24" }) }),
    ...(rest["method"] === "bulk" ? {} : { dataDisk: () => dataDisk }),
  });
}

function fittedCluster({ fingerprint: _fingerprint, ...said }: Said): Said {
  return replaced(said, {
    endpoint: () => "https://pve1.example.org:8006",
    token: () => ({ env: "PVE_TOKEN" }),
    caFile: () => "pve-root-ca.pem",
    ssh: (value) => ({ ...value, key: { file: "key" } }),
  });
}

/** A tenant has a limit at least, and a range goes forwards. */
function fittedQuota(said: Said): Said {
  return replaced(said, {
    limits: (limits) => ({ machines: 40, ...limits }),
    vmids: () => ({ from: 20_000, to: 20_099 }),
  });
}

/** A plan has a version at least, and each begins later than the one before. */
function fittedPlan(said: Said): Said {
  const given: unknown[] = Array.isArray(said["versions"]) ? said["versions"] : [];
  const versions = [{ prices: { coreHour: "0.0045" } }, ...given.filter(isNamed)];
  return { ...said, versions: versions.map((each, index) => ({ ...each, from: `20${26 + index}-09-01` })) };
}

type Replacements = Readonly<Record<string, (value: Said) => unknown>>;

/** Replaces what is there; a class always has seats, and a teacher where one is published. */
function replaced(said: Said, by: Replacements): Said {
  const needed = "seats" in by ? { seats: 3, ...("publish" in said && { teacher: true }) } : {};
  const values = Object.entries({ ...needed, ...said }).map(([name, value]) => {
    const replace = by[name];
    return [name, replace === undefined ? value : replace(isNamed(value) ? value : {})] as const;
  });
  return Object.fromEntries(values);
}
