import type { RunOrder } from "@coppice/engine";
import { BenchEngine, classOf25 } from "./engine/bench-engine.ts";
import { documentRows } from "./engine/document-rows.ts";
import { compare } from "./frame/compare.ts";
import type { Row } from "./frame/row.ts";

/** Stacks that are previewed by two workers. */
const stacks = Array.from({ length: 20 }, (_, index) => ({ stack: `s${index}` }));

/** What a run costs by a worker that waits, and by a process that is started for it, against the plain engine. */
export async function rows(): Promise<Row[]> {
  const bench = await BenchEngine.start();
  try {
    return [
      ...(await emptyRows(bench)),
      ...(await classRows(bench, "bulk", [0.5, 0.7])),
      ...(await classRows(bench, "overlay", [0.75, 0.85])),
      await previewRow(bench),
      await stacksRow(bench),
      await residentRow(bench),
      ...(await documentRows()),
    ];
  } finally {
    await bench.stop();
  }
}

async function emptyRows(bench: BenchEngine): Promise<Row[]> {
  await bench.declare();
  const peer = () => bench.plain("up");
  return [
    await compare({
      metric: "up of nothing, warm worker / pulumi up",
      unit: "ms",
      peer,
      ours: () => bench.warm("up"),
      target: { of: "ratio", limit: "at most", value: 0.35 },
    }),
    await compare({
      metric: "up of nothing, cold process / pulumi up",
      unit: "ms",
      peer,
      ours: () => bench.cold("up"),
      target: { of: "ratio", limit: "at most", value: 0.6 },
    }),
  ];
}

async function classRows(
  bench: BenchEngine,
  method: string,
  limits: readonly [number, number],
): Promise<Row[]> {
  await bench.declare(method);
  const order = classOrder(method);
  const anew = (work: () => Promise<number>) => async (): Promise<number> => {
    await bench.reset();
    return await work();
  };
  const row = async (what: string, ours: () => Promise<number>, value: number): Promise<Row> =>
    await compare({
      metric: `class of 25 by ${method}, ${what} / pulumi up`,
      unit: "ms",
      rounds: 5,
      ours: anew(ours),
      peer: anew(() => bench.plain("up")),
      target: { of: "ratio", limit: "at most", value },
    });
  return [
    await row("warm worker", () => bench.warm("up", order), limits[0]),
    await row("cold process", () => bench.cold("up", order), limits[1]),
  ];
}

async function previewRow(bench: BenchEngine): Promise<Row> {
  await bench.reset();
  return await compare({
    metric: "preview of 25 seats, warm worker",
    unit: "ms",
    ours: () => bench.warm("preview", classOrder("bulk")),
    target: { of: "ours", limit: "at most", value: 1000 },
  });
}

async function stacksRow(bench: BenchEngine): Promise<Row> {
  await bench.declare("bulk");
  const order = classOrder("bulk");
  for (const stack of stacks) await bench.warm("preview", { ...order, ...stack });
  return await compare({
    metric: "20 stacks previewed, two workers / pulumi preview one by one",
    unit: "ms",
    rounds: 3,
    ours: async () => {
      const start = performance.now();
      await Promise.all(stacks.map((stack) => bench.warm("preview", { ...order, ...stack })));
      return performance.now() - start;
    },
    peer: async () => {
      let total = 0;
      for (const _ of stacks) total += await bench.plain("preview");
      return total;
    },
    target: { of: "ratio", limit: "at most", value: 0.4 },
  });
}

async function residentRow(bench: BenchEngine): Promise<Row> {
  return await compare({
    metric: "a warm worker, resident",
    unit: "MB",
    rounds: 3,
    ours: () => bench.resident(),
    target: { of: "ours", limit: "at most", value: 200 },
  });
}

function classOrder(method: string): Partial<RunOrder> {
  return { documents: [{ kind: "LabClass", name: "lab", inputs: { ...classOf25, method } }] };
}
