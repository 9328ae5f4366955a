import { amountWords } from "../amounts/amount-words.ts";
import { CoppiceError } from "../errors/coppice-error.ts";
import type { QuotaLine, QuotaVerdict } from "./judge-quota.ts";

/**
 * The refusal of what does not fit, in the one sentence that it is told with everywhere.
 *
 * @example if (!verdict.fits) throw quotaRefusal(verdict);
 */
export function quotaRefusal({ tenant, what, lines }: QuotaVerdict): CoppiceError {
  const over = lines.filter((line) => line.over > 0);
  return new CoppiceError("quota.exceeded", {
    what: `The limits of tenant "${tenant}" leave no room for ${what}`,
    why: over.map(lineText).join("; "),
    wayOut:
      "Ask for less, remove what the tenant does not need any more, or have an operator raise its limits",
    details: { tenant, ...Object.fromEntries(over.flatMap(detailsOf)) },
  });
}

function lineText({ name, limit, used, reserved, asked, allowed, over }: QuotaLine): string {
  const { figure, excess } = amountWords[name];
  const promised = reserved === 0 ? "" : `, reserved ${figure(reserved)}`;
  const there = `limit ${figure(limit)}, used ${figure(used)}${promised}`;
  return `${name}: ${figure(asked)} asked for, ${figure(allowed)} allowed (${there}), ${figure(over)} ${excess}`;
}

function detailsOf({ name, ...figures }: QuotaLine): [string, number][] {
  return Object.entries(figures).map(([figure, value]) => [`${name}.${figure}`, value]);
}
