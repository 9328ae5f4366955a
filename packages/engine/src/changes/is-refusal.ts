import { errorCodes } from "@coppice/core";
import type { Refusal } from "./change-verdict.ts";

/**
 * Whether somebody decided against it, by a rule or by what there is: asking again would be answered alike. Else nobody
 * could tell, since something did not answer or broke down.
 */
export function isRefusal({ code }: Refusal): boolean {
  if (code === undefined) return false;
  // Nothing was asked: what a reference names is not here.
  if (code === "secret.unavailable") return true;
  const { audience, status } = errorCodes[code];
  if (audience === "bug" || code === "pool.unreadable") return false;
  return status < 500 || /^(?:generation|pool)\./.test(code);
}
