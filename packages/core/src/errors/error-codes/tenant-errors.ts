import type { ErrorTable } from "./error-description.ts";

/** What tenants may not do, and what is wrong with their limits, plans and previews. */
export const tenantErrors = {
  "digest.changed": {
    audience: "user",
    status: 409,
    meaning:
      "What was accepted is not what would be done now: a description, a price or the cluster has changed.",
    wayOut: "Look at the new preview and accept that one",
  },
  "expiry.past": {
    audience: "user",
    status: 422,
    meaning: "Something is to expire at a time that has passed.",
    wayOut: "Set 'expires' to a later date, or remove what is not needed any more",
  },
  "ledger.fenced": {
    audience: "operator",
    status: 409,
    meaning:
      "A reservation has lapsed and somebody else goes on in its place, so nothing more is done under it.",
    wayOut: "Run it again",
  },
  "ledger.unknown-reservation": {
    audience: "bug",
    status: 500,
    meaning: "A reservation was to be settled or renewed that the ledger does not know.",
    wayOut: "Report it; the ledger can be made anew from the stacks",
  },
  "plan.currency": {
    audience: "operator",
    status: 422,
    meaning: "Prices of two currencies would have to be added.",
    wayOut: "Give the plans of one tenant the same currency",
  },
  "plan.unknown": {
    audience: "operator",
    status: 422,
    meaning: "A tenant's plan is not described, or has no prices for the time in question.",
    wayOut: "Describe a Plan of that name, with prices from that time on",
  },
  "quota.exceeded": {
    audience: "user",
    status: 422,
    meaning: "A tenant asks for more than its limits leave it; nothing has been changed.",
    wayOut: "Ask for less, remove what the tenant does not need any more, or have its limits raised",
  },
  "quota.in-use": {
    audience: "operator",
    status: 409,
    meaning: "A tenant that still has machines was to be removed, or a limit set below what is in use.",
    wayOut: "Remove the machines that are named first, or set the limit to what is used or more",
  },
  "quota.mark": {
    audience: "operator",
    status: 409,
    meaning:
      "The limits in a Proxmox pool's comment cannot be trusted: written by hand, or by a newer version.",
    wayOut: "Apply the tenant's TenantQuota with `--refresh`, which writes them anew, or update Coppice",
  },
  "quota.taken": {
    audience: "operator",
    status: 409,
    meaning: "The pool of a tenant's name is somebody else's or has limits of another description.",
    wayOut: "Choose another name for the tenant, or remove the other one",
  },
  "quota.unknown-tenant": {
    audience: "user",
    status: 422,
    meaning: "A description names a tenant that the cluster does not have, or that the token may not see.",
    wayOut: "Correct 'tenant', or have an operator make a TenantQuota of that name",
  },
  "usage.incomplete": {
    audience: "bug",
    status: 500,
    meaning: "Something happened to a thing that nobody made, so that what it costs cannot be reckoned.",
    wayOut: "Report it",
  },
} as const satisfies ErrorTable;
