import { BenchHome } from "./database/bench-home.ts";
import { ClassUp } from "./database/class-up.ts";
import { reservationTime } from "./database/reservation-time.ts";
import { compare } from "./frame/compare.ts";
import type { Row } from "./frame/row.ts";
import { BenchPreview } from "./verdicts/bench-preview.ts";
import { priceTime } from "./verdicts/price-time.ts";

/** What it costs to know, before anything is done, whether it fits and what it costs. */
export async function rows(): Promise<Row[]> {
  const home = await BenchHome.make();
  try {
    const ledger = [await coldRow(), await warmRow(home), await reservationRow(home), await classRow()];
    return [await verdictsRow(), await pricesRow(), ...ledger];
  } finally {
    await home.remove();
  }
}

async function verdictsRow(): Promise<Row> {
  const bench = await BenchPreview.start();
  try {
    return await compare({
      metric: "preview of 25 seats with its verdicts / the engine's own",
      unit: "ms",
      ours: () => bench.judged(),
      peer: () => bench.engine(),
      target: { of: "ratio", limit: "at most", value: 1.15 },
    });
  } finally {
    await bench.stop();
  }
}

async function pricesRow(): Promise<Row> {
  return await compare({
    metric: "1,000 descriptions of a tenant priced and summed",
    unit: "ms",
    ours: priceTime,
    target: { of: "ours", limit: "at most", value: 50 },
  });
}

async function coldRow(): Promise<Row> {
  return await compare({
    metric: "embedded PostgreSQL, first start of a home",
    unit: "ms",
    rounds: 5,
    ours: async () => {
      const home = await BenchHome.make();
      const took = await home.start();
      await home.remove();
      return took;
    },
    target: { of: "ours", limit: "at most", value: 1500 },
  });
}

async function warmRow(home: BenchHome): Promise<Row> {
  return await compare({
    metric: "embedded PostgreSQL, every later start",
    unit: "ms",
    ours: () => home.start(),
    target: { of: "ours", limit: "at most", value: 300 },
  });
}

async function reservationRow(home: BenchHome): Promise<Row> {
  const database = await home.open();
  try {
    return await compare({
      metric: "reservation, 50 at once, p99",
      unit: "ms",
      rounds: 5,
      ours: () => reservationTime(database),
      target: { of: "ours", limit: "at most", value: 10 },
    });
  } finally {
    await database.close();
  }
}

async function classRow(): Promise<Row> {
  const up = await ClassUp.start();
  try {
    return await compare({
      metric: "class of 25 by `coppice up` with a tenant's ledger, against the same without a tenant",
      unit: "ms",
      rounds: 5,
      ours: () => up.time("tenant.yaml"),
      peer: () => up.time("class.yaml"),
      target: { of: "ratio", limit: "at most", value: 1.1 },
    });
  } finally {
    await up.remove();
  }
}
