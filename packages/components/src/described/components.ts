import { type Kind, labClassKind, overlayVmPoolKind, tenantQuotaKind } from "@coppice/core";
import type { ComponentResource, ComponentResourceOptions } from "@pulumi/pulumi";
import type { LabClassArgs, OverlayVmPoolArgs, TenantQuotaArgs } from "../generated/arguments.ts";
import { LabClass } from "../lab-class/lab-class.ts";
import { OverlayVmPool } from "../overlay-vm-pool/overlay-vm-pool.ts";
import { TenantQuota } from "../tenant-quota/tenant-quota.ts";

/** A component for whoever makes it by its name, as the plugin does for programs in other languages. */
export interface DescribedComponent {
  /** What can be said of it; its outputs are properties of the component under the same names. */
  readonly kind: Kind;
  /** Makes it. Inputs with mistakes end the process: look for them with `findComponentMistakes` before. */
  make(name: string, inputs: object, options: ComponentResourceOptions): ComponentResource;
}

// `as`: the constructors look at everything that they are given.
const labClass: DescribedComponent = {
  kind: labClassKind,
  make: (name, inputs, options) => new LabClass(name, inputs as LabClassArgs, options),
};
const overlayVmPool: DescribedComponent = {
  kind: overlayVmPoolKind,
  make: (name, inputs, options) => new OverlayVmPool(name, inputs as OverlayVmPoolArgs, options), // as: see above
};

const tenantQuota: DescribedComponent = {
  kind: tenantQuotaKind,
  make: (name, inputs, options) => new TenantQuota(name, inputs as TenantQuotaArgs, options), // as: see above
};

/** All components. */
export const components: readonly DescribedComponent[] = [labClass, overlayVmPool, tenantQuota];
