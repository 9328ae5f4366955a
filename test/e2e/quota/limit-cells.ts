import {
  type AmountName,
  type Amounts,
  addAmounts,
  amountNames,
  type DataDisk,
  type DemandBase,
  type Hardware,
  judgeQuota,
  noAmounts,
  type QuotaQuestion,
  quotaRefusal,
  seatsDemand,
  templateAmounts,
} from "@coppice/core";

const MIB = 2 ** 20;

/** What seats stand on: template 9000 as the emulator plants it, and machine 9100 as the test makes it. */
const SOURCE: DemandBase = {
  storage: "nas",
  disks: [{ size: 2048 * MIB }],
  config: { cores: 1, memory: 1024 },
};

/** Something that takes of a tenant's limits. */
interface AskingKind {
  readonly name: "class" | "pool" | "own";
  readonly component: "LabClass" | "OverlayVmPool";
  readonly seats: { readonly seats: number; readonly hardware?: Hardware; readonly dataDisk?: DataDisk };
  /** What its seats stand on: a template is used in place, of a machine a generation of its own is made. */
  readonly source: 9000 | 9100;
}

const KINDS: readonly AskingKind[] = [
  { name: "class", component: "LabClass", seats: { seats: 2 }, source: 9000 },
  {
    name: "pool",
    component: "OverlayVmPool",
    seats: { seats: 2, hardware: { cores: 2, memory: "2GiB" }, dataDisk: { size: "1GiB" } },
    source: 9000,
  },
  { name: "own", component: "LabClass", seats: { seats: 2 }, source: 9100 },
];

/** One kind under one limit, which it fills exactly or is one above. */
export interface LimitCell {
  readonly kind: AskingKind["name"];
  readonly limit: AmountName;
  readonly fill: "full" | "over";
  /** Of what is made and, alike, of the tenant, which is its own. */
  readonly name: string;
  readonly component: AskingKind["component"];
  /** What programs and documents say of it. */
  readonly args: object;
  readonly most: number;
  /** What it is told where it does not fit. Its own generation has asked for its room before its seats do. */
  readonly refusal: string | undefined;
  /** The same of the pack, to which a class and its generation are one. */
  readonly packRefusal: string | undefined;
}

/** Every kind under every limit. */
export const limitCells: readonly LimitCell[] = KINDS.flatMap((kind) =>
  amountNames.flatMap((limit) => [cellOf(kind, limit, "full"), cellOf(kind, limit, "over")]),
);

function cellOf(kind: AskingKind, limit: AmountName, fill: LimitCell["fill"]): LimitCell {
  const { component, seats, source } = kind;
  const asked = seatsDemand({ base: SOURCE, ...seats });
  const generation = source === 9000 ? noAmounts : templateAmounts(SOURCE);
  const all = addAmounts(asked, generation);
  const most = all[limit] - (fill === "full" ? 0 : leastOf(limit));
  const name = `${kind.name}-${limit}-${fill}`;
  const question = { tenant: name, what: `class "${name}"`, limits: { [limit]: most }, used: noAmounts };
  return {
    kind: kind.name,
    limit,
    fill,
    name,
    component,
    args: { tenant: name, template: { vmid: source }, storage: "nas", ...seats },
    most,
    refusal: refusalOf({ ...question, reserved: generation, asked }),
    packRefusal: refusalOf({ ...question, asked: all }),
  };
}

/** The smallest part that people limit. */
function leastOf(limit: keyof Amounts): number {
  return limit === "memory" || limit === "storage" ? MIB : 1;
}

function refusalOf(question: QuotaQuestion): string | undefined {
  const verdict = judgeQuota(question);
  return verdict.fits ? undefined : quotaRefusal(verdict).message;
}

/** A cell as a document. JSON is YAML. */
export function documentOf({ component, name, args }: LimitCell): string {
  return JSON.stringify({ kind: component, version: 1, name, ...args });
}

/** Cells as a program. */
export function programOf(cells: readonly LimitCell[]): string {
  const made = cells.map(({ component, name, args }, index) => {
    const from = 30_000 + 100 * index;
    const all = JSON.stringify({ ...args, vmids: { from, to: from + 99 } });
    return `new ${component}(${JSON.stringify(name)}, ${all});`;
  });
  return ['import { LabClass, OverlayVmPool } from "@coppice/components";', ...made].join("\n");
}

/** The limits of cells as the pack is told them. */
export function packLimitsOf(cells: readonly LimitCell[]): object {
  const limits = cells.map(({ name, limit, most }) => {
    const isSize = limit === "memory" || limit === "storage";
    return [name, { [limit]: isSize ? `${most / MIB}MiB` : most }] as const;
  });
  return { "tenant-limits": { limits: { main: Object.fromEntries(limits) } } };
}
