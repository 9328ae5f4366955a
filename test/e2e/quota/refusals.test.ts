import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLimits } from "@coppice/clusters";
import { amountNames } from "@coppice/core";
import { createPool } from "@coppice/pve";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";
import { guestsAndDisks } from "../class/guests-left.ts";
import { countWrites } from "../documents/count-writes.ts";
import { DocumentsLab } from "../documents/documents-lab.ts";
import { packFolder, violationsIn } from "../policies/policy-lab.ts";
import { documentOf, type LimitCell, limitCells, packLimitsOf, programOf } from "./limit-cells.ts";

/** The parts of what `--json` prints that the tests look at. */
interface Told {
  readonly stacks: readonly {
    readonly documents: readonly {
      readonly name: string;
      readonly refusals: readonly { readonly message: string }[];
    }[];
  }[];
}

const full = limitCells.filter(({ fill }) => fill === "full");
const over = limitCells.filter(({ fill }) => fill === "over");
const inPlace = over.filter(({ kind }) => kind !== "own");

/** All that can be made is, whatever is refused beside it. */
const UP = ["up", "--yes", "--skip-preview", "--continue-on-error"];

/** The sentences that refuse anything for the limits, each once, in order of their text. */
function refusalsIn(output: string): string[] {
  const told = output.match(/The limits of tenant .*?\[quota\.exceeded\]/g) ?? [];
  return [...new Set(told)].sort();
}

const refusalsOf = (cells: readonly LimitCell[]) => cells.flatMap(({ refusal = [] }) => refusal).sort();

/** A cell by its place in the matrix. */
function cell(name: `${LimitCell["kind"]}-${LimitCell["limit"]}-${LimitCell["fill"]}`): LimitCell {
  const found = limitCells.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no cell ${name}`);
  return found;
}

/** Each limit once, where a run ends at its first refusal. */
const inTurn = [
  cell("own-machines-over"),
  cell("class-cores-over"),
  cell("pool-memory-over"),
  cell("own-storage-over"),
];

/**
 * Every kind that asks × every limit × (exactly full, one over), each cell with a tenant of its own, through every layer
 * that refuses. A preview of documents meets all cells at once. The engine's own preview ends at its first refusal, and any
 * run under a pack: they meet all that fits in one, and each limit once, with the kinds in turn. `up` goes on after a
 * refusal when told to, and meets all but those with a generation of their own, which without a preview is made before its
 * seats ask. The dynamic door knows nothing of a class before its run: its previews refuse none.
 */
describe("the limits of tenants", { timeout: 240_000 }, () => {
  let lab: DocumentsLab;
  let atFirst: readonly string[];
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    const make = "qm create 9100 --name golden --memory 1024 --cores 1 --scsi0 nas:2,format=qcow2";
    expect((await lab.emulator.shell("pve1", make)).code).toBe(0);
    for (const { name, limit, most } of limitCells)
      await createPool(lab.cluster.client, {
        poolid: name,
        comment: withLimits("", name, { [limit]: most }),
      });
    atFirst = await guestsAndDisks(lab.emulator);
  }, 60_000);
  afterAll(() => lab.remove());

  /** A stack of the engine's own on the same cluster. */
  async function withStack(config: Record<string, string>, use: (stack: ClassStack) => Promise<void>) {
    const stack = await ClassStack.create(lab.emulator, { example: "lab-class", config });
    await use(stack).finally(() => stack.remove());
  }

  /** Runs what is to be refused, in which no call may change anything. */
  async function refused<T>(run: () => Promise<T>): Promise<T> {
    const writes = countWrites(lab.emulator);
    const result = await run().finally(() => writes.stop());
    expect(writes.paths.filter((path) => !path.includes("/access/ticket"))).toEqual([]);
    expect(await guestsAndDisks(lab.emulator)).toEqual(atFirst);
    return result;
  }

  test("are full or exceeded in every cell of the matrix, by what the core counts", () => {
    expect([limitCells.length, full.length]).toEqual([3 * amountNames.length * 2, over.length]);
    expect(refusalsOf(full)).toEqual([]);
    expect(new Set(refusalsOf(over)).size).toBe(over.length);
  });

  test("hold documents in their preview: all that fits, and the sentence of each that does not", async () => {
    for (const each of limitCells) await lab.write(`all/${each.name}.yaml`, documentOf(each));
    const { code, out } = await refused(() => lab.run("preview", "all", "--json"));
    const { stacks } = JSON.parse(out) as Told; // as the guide says
    const told = stacks
      .flatMap(({ documents }) => documents)
      .map(({ name, refusals }) => [name, refusals.map(({ message }) => message)]);
    const expected = limitCells.map(({ name, refusal }) => [name, refusal === undefined ? [] : [refusal]]);
    expect([code, Object.fromEntries(told)]).toEqual([2, Object.fromEntries(expected)]);
  });

  test.each([cell("own-storage-over"), cell("pool-cores-over")])(
    "refuse document $name and make nothing of it; its neighbour fills them",
    async ({ name, refusal }) => {
      const alone = await refused(() => lab.run("up", `all/${name}.yaml`, "--yes"));
      expect([alone.code, refusalsIn(alone.out)]).toEqual([2, [refusal]]);
      const neighbour = `all/${name.replace("over", "full")}.yaml`;
      expect(await lab.run("up", neighbour, "--yes")).toMatchObject({ code: 0 });
      expect(await lab.machines()).toHaveLength(3);
      expect(await lab.run("destroy", neighbour, "--yes")).toMatchObject({ code: 0 });
      expect(await guestsAndDisks(lab.emulator)).toEqual(atFirst);
    },
  );

  test("hold a plain preview, which tells the same sentence", async () => {
    await withStack({}, async (stack) => {
      await stack.write(programOf(full));
      expect(await stack.failureOf("preview")).toBe("");
      const inTurn = [
        "own-machines-over",
        "class-cores-over",
        "pool-memory-over",
        "own-storage-over",
      ] as const;
      for (const each of inTurn.map(cell)) {
        await stack.write(programOf([each]));
        const { code, stdout } = await refused(() => stack.run("preview"));
        expect([code, refusalsIn(stdout)]).toEqual([1, refusalsOf([each])]);
      }
      // A generation would be made before its seats ask: the preview of `up` comes before both.
      await stack.write(programOf([cell("own-machines-over")]));
      const { code, stdout } = await refused(() => stack.run("up", "--yes"));
      expect([code, refusalsIn(stdout)]).toEqual([1, refusalsOf([cell("own-machines-over")])]);
    });
  });

  test.each(["plugin", "dynamic"])("hold a plain run without preview behind the %s door", async (door) => {
    await withStack({ "coppice:door": door }, async (stack) => {
      await stack.write(programOf(inPlace));
      const { code, stdout } = await refused(() => stack.run(...UP));
      expect([code, refusalsIn(stdout)]).toEqual([1, refusalsOf(inPlace)]);
      await stack.write(programOf([cell("class-memory-full")]));
      expect(await stack.failureOf(...UP)).toBe("");
      expect(await lab.machines()).toHaveLength(3);
      expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
      expect(await guestsAndDisks(lab.emulator)).toEqual(atFirst);
    });
  });

  test("hold a plain run under the pack, which tells the same sentence", async () => {
    await withStack({}, async (stack) => {
      const config = join(stack.folder, "limits.json");
      await writeFile(config, JSON.stringify(packLimitsOf(limitCells)));
      const pack = ["--policy-pack", packFolder("quota"), "--policy-pack-config", config];
      const judged = async (cells: readonly LimitCell[], ...command: readonly string[]) => {
        await stack.write(programOf(cells));
        const { code, stdout } = await refused(() => stack.run(...command, ...pack));
        return [code, violationsIn(stdout).sort()];
      };
      const violations = (cells: readonly LimitCell[]) =>
        cells.map(({ name, packRefusal }) => `[mandatory] tenant-limits OverlayPool ${name}: ${packRefusal}`);
      expect(await judged(full, "preview")).toEqual([0, []]);
      for (const each of inTurn) {
        const command = each.kind === "own" ? ["preview"] : UP;
        expect(await judged([each], ...command)).toEqual([1, violations([each])]);
      }
    });
  });
});
