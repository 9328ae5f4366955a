import type { TenantLimits } from "../kinds/generated/inputs.ts";
import { parseSize } from "../values/size.ts";
import type { Limits } from "./judge-quota.ts";

/**
 * Limits as people write them, as numbers.
 *
 * @example readLimits({ machines: 40, memory: "256GiB" }) // { machines: 40, memory: 274_877_906_944 }
 */
export function readLimits({ machines, cores, memory, storage }: TenantLimits): Limits {
  return {
    ...(machines !== undefined && { machines }),
    ...(cores !== undefined && { cores }),
    ...(memory !== undefined && { memory: parseSize(memory) }),
    ...(storage !== undefined && { storage: parseSize(storage) }),
  };
}
