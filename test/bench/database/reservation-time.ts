import { noAmounts } from "@coppice/core";
import { createLedger, type Database, type Ledger } from "@coppice/database";

const AT_ONCE = 50;
const BURSTS = 20;
const limits = { machines: AT_ONCE };

/** The milliseconds within which 99 of 100 reservations come, 50 asked for at once, all of one tenant. */
export async function reservationTime(database: Database): Promise<number> {
  const ledger = createLedger(database);
  const times: number[] = [];
  for (let burst = 0; burst < BURSTS; burst += 1)
    times.push(...(await burstTimes(ledger, `bench-${Math.random()}`)));
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

async function burstTimes(ledger: Ledger, tenant: string): Promise<number[]> {
  const seats = Array.from({ length: AT_ONCE }, (_, index) => index);
  return await Promise.all(seats.map((seat) => reservation(ledger, tenant, `class "${seat}"`)));
}

async function reservation(ledger: Ledger, tenant: string, what: string): Promise<number> {
  const began = performance.now();
  const { fits } = await ledger.reserve({
    tenant,
    cluster: "main",
    what,
    operation: what,
    holder: "bench",
    read: async () => ({ limits, used: noAmounts, asked: { ...noAmounts, machines: 1 } }),
  });
  if (!fits) throw new Error(`${what} should have fitted`);
  return performance.now() - began;
}
