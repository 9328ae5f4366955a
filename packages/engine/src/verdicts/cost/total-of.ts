import { addForecasts, CoppiceError, type Forecast } from "@coppice/core";
import type { DocumentCost } from "./cost-verdict.ts";

/**
 * What documents cost all together; undefined where nothing costs anything.
 *
 * @throws CoppiceError `plan.currency`, `money.overflow`
 */
export function totalOf(costs: readonly DocumentCost[]): Forecast | undefined {
  const [first, ...others] = costs.map((each) => each.forecast);
  if (first === undefined) return undefined;
  const byCurrency = Map.groupBy(costs, ({ forecast }) => forecast.hour.currency);
  if (byCurrency.size > 1) throw mixed(byCurrency);
  return pricing("All that is previewed together", () => addForecasts(first, ...others));
}

/** Says of what cannot be priced what it is. */
export function pricing<T>(what: string, price: () => T): T {
  try {
    return price();
  } catch (error) {
    if (!CoppiceError.is(error)) throw error;
    const { code, wayOut, details } = error;
    const why = [error.what, error.why ?? []].flat().join(": ");
    throw new CoppiceError(code, {
      what: `${what} cannot be priced`,
      why,
      ...(wayOut !== undefined && { wayOut }),
      details,
      cause: error,
    });
  }
}

/** A document as such a sentence has it. */
export function payerWords({ kind, name, cluster, tenant }: Payer): string {
  const whose = tenant === undefined ? "" : ` of tenant "${tenant}"`;
  return `${kind} ${name}${whose} on ${cluster}`;
}

interface Payer extends Pick<DocumentCost, "kind" | "name" | "cluster"> {
  readonly tenant?: string | undefined;
}

function mixed(byCurrency: ReadonlyMap<string, readonly DocumentCost[]>): CoppiceError {
  const parts = [...byCurrency].map(([currency, costs]) => `${currency} for ${whoPays(costs)}`);
  return new CoppiceError("plan.currency", {
    what: `Costs in several currencies cannot be added: ${parts.join(", and ")}`,
    why: "there is no exchange rate here",
    wayOut: "Give these plans the same currency, or preview what is paid in each by itself",
  });
}

/** The first one is named, and how many there are besides. */
function whoPays(costs: readonly DocumentCost[]): string {
  const [first, ...others] = costs;
  if (first === undefined) return "nothing";
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${payerWords(first)}${more} by plan "${first.plan}"`;
}
