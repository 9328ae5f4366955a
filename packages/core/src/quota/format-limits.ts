import type { TenantLimits } from "../kinds/generated/inputs.ts";
import { formatSize } from "../values/size.ts";
import type { Limits } from "./judge-quota.ts";

/**
 * Limits as people write them; `readLimits` gives the same numbers back.
 *
 * @example formatLimits({ machines: 40, memory: 274_877_906_944 }) // { machines: 40, memory: "256GiB" }
 */
export function formatLimits({ machines, cores, memory, storage }: Limits): TenantLimits {
  return {
    ...(machines !== undefined && { machines }),
    ...(cores !== undefined && { cores }),
    ...(memory !== undefined && { memory: formatSize(memory) }),
    ...(storage !== undefined && { storage: formatSize(storage) }),
  };
}
