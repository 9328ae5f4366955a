import { type Mistake, type Named, valueText } from "@coppice/core";
import type { DocumentForm } from "./document-form.ts";
import type { KnownDocuments } from "./known-documents.ts";
import { meantText } from "./meant-text.ts";

/** The mistake of naming a plan that nobody described. */
export function unknownPlan(
  { plan: field }: DocumentForm,
  said: Named,
  { plans, proposals }: KnownDocuments,
): Mistake[] {
  const plan = field === undefined ? undefined : said[field];
  if (field === undefined || plans === undefined || typeof plan !== "string" || plans.has(plan)) return [];
  const near = meantText(proposals.near(plan, [...plans]));
  const hint = near === "" ? "describe it (kind: Plan), or leave 'plan' out" : near;
  const reason = `is ${valueText(plan.slice(0, 60))}, and no document of kind Plan has that name; ${hint}`;
  return [{ path: [field], reason, code: "plan.unknown" }];
}
