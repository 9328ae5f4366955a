export type { SeatPlace } from "@coppice/core";
export {
  type AddressArgs,
  BaseGeneration,
  type BaseGenerationArgs,
  type CloudInitArgs,
  type DataDiskArgs,
  type GenerationArgs,
  type HardwareArgs,
  type NetworkArgs,
  OverlayPool,
  type OverlayPoolArgs,
  Pool,
  type PoolArgs,
  type RenewalArgs,
  TenantPool,
  type TenantPoolArgs,
  type VmidsArgs,
} from "@coppice/provider";
export { type Description, type Made, makeDescribed } from "./described/make-described.ts";
export type { ReferencePlaces } from "./described/read-reference.ts";
export { allOrRefused, type RefusedDocument, RefusedDocuments } from "./described/refused-documents.ts";
export type {
  LabClassArgs,
  OverlayVmPoolArgs,
  PublishArgs,
  TemplateArgs,
  TenantQuotaArgs,
} from "./generated/arguments.ts";
export { LabClass } from "./lab-class/lab-class.ts";
export { OverlayVmPool } from "./overlay-vm-pool/overlay-vm-pool.ts";
export { TenantQuota } from "./tenant-quota/tenant-quota.ts";
