import type { Kind } from "../description/kind.ts";
import { baseGenerationKind } from "./base-generation.ts";
import { labClassKind } from "./lab-class.ts";
import { overlayPoolKind } from "./overlay-pool.ts";
import { overlayVmPoolKind } from "./overlay-vm-pool.ts";
import { poolKind } from "./pool.ts";
import { tenantPoolKind } from "./tenant-pool.ts";
import { tenantQuotaKind } from "./tenant-quota.ts";

/** What programs mostly use: each makes resources. */
export const componentKinds: readonly Kind[] = [labClassKind, overlayVmPoolKind, tenantQuotaKind];

/** What the provider makes. */
export const resourceKinds: readonly Kind[] = [overlayPoolKind, baseGenerationKind, poolKind, tenantPoolKind];
